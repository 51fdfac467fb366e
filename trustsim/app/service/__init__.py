"""What the app runs: comparisons, films of a hospital, and biographies of its people. Nothing here knows of a page."""

from trustsim.app.service.answer import Answer, Band, answer_of
from trustsim.app.service.biography import FEELINGS, biography
from trustsim.app.service.fair_pool import FairPool, shared_pool
from trustsim.app.service.film import CHANNELS, Film, cast, film
from trustsim.app.service.work import Outcome, Visit, person_of, warm_up

__all__ = [
    "CHANNELS",
    "FEELINGS",
    "Answer",
    "Band",
    "FairPool",
    "Film",
    "Outcome",
    "Visit",
    "answer_of",
    "biography",
    "cast",
    "film",
    "person_of",
    "shared_pool",
    "warm_up",
]
