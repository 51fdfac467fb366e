"""What is drawn in the browser: a few Vue templates, each with the class that says what it is given and what it tells.

Whatever is large goes over as one string (JSON, base64): lists and dictionaries would be walked at every render.
"""

from trustsim.app.widgets.classes import (
    ChartW,
    ChoiceW,
    KpiW,
    NetworkW,
    PageW,
    PersonW,
    SettingsW,
    ShareW,
    StatusW,
    TimelineW,
)
from trustsim.app.widgets.files import AccountW, FilePickW

__all__ = [
    "AccountW",
    "ChartW",
    "ChoiceW",
    "FilePickW",
    "KpiW",
    "NetworkW",
    "PageW",
    "PersonW",
    "SettingsW",
    "ShareW",
    "StatusW",
    "TimelineW",
]
