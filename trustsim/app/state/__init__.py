"""What a visitor looks at: a run and a view of it, as frozen values that a link can carry."""

from trustsim.app.state.export import as_command, as_yaml
from trustsim.app.state.hospital import Hospital
from trustsim.app.state.link import fits_in_link, read_link, write_link
from trustsim.app.state.offered import UNITS, current_values, units_of
from trustsim.app.state.run_spec import DEFAULT_SCENARIO, RunSpec, Value
from trustsim.app.state.shipped import scenario_titles
from trustsim.app.state.view import COLORS, CURVES, Color, Curve, View

__all__ = [
    "COLORS",
    "CURVES",
    "DEFAULT_SCENARIO",
    "UNITS",
    "Color",
    "Curve",
    "Hospital",
    "RunSpec",
    "Value",
    "View",
    "as_command",
    "as_yaml",
    "current_values",
    "fits_in_link",
    "read_link",
    "scenario_titles",
    "units_of",
    "write_link",
]
