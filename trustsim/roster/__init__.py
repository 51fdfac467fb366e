"""A real hospital from what its systems export: read, accounted for, made safe, and written.

Not for what a hospital is (`trustsim.organization`), nor for what happens in it.
"""

from trustsim.roster.account import Account
from trustsim.roster.findings import Problem, shortened
from trustsim.roster.picture import leadership, staff_of_units
from trustsim.roster.read import Roster, inspect_roster, read_organization
from trustsim.roster.small_cells import withheld
from trustsim.roster.writing import write_organization

__all__ = [
    "Account", "Problem", "Roster", "inspect_roster", "leadership", "read_organization", "shortened", "staff_of_units",
    "withheld", "write_organization",
]  # fmt: skip
