"""What surveys found in a real hospital: read, brought onto the model's scales, and made the hospital's first day.

`measures.csv` holds aggregates only. A crosswalk (`crosswalk.toml`) says what each instrument tells of which feeling,
and how surely. `fit_climate` finds what each unit and role adds to feelings so that the hospital at the end of burn-in
answers like the one that was surveyed; `lay_over` holds later waves against what the model makes of it.
"""

from trustsim.survey.crosswalk import Item, find_item, instruments
from trustsim.survey.fitting import Fit, fit_climate
from trustsim.survey.measured import Cell, Measured, Survey
from trustsim.survey.reading import inspect_survey, read_survey
from trustsim.survey.waves import Laid, lay_over

__all__ = [
    "Cell", "Fit", "Item", "Laid", "Measured", "Survey", "find_item", "fit_climate", "inspect_survey", "instruments",
    "lay_over", "read_survey",
]  # fmt: skip
