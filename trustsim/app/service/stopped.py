"""How work ends that nobody waits for any more."""

__all__ = ["Stopped"]


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The visitor asked for something else, or left."""
