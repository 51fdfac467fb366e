"""Where the app can be reached: on this machine alone, or by others, and what they have to type."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

__all__ = ["Address", "is_loopback", "listening", "our_address"]

_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
# Kept for documentation: no machine has them, and asking for the way there sends nothing.
_SOMEWHERE: Final = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


@dataclass(frozen=True)
class Address:
    """Where a server listens.

    Attributes
    ----------
    host : str
        As it was asked for.
    port : int
    """

    host: str
    port: int

    @property
    def is_for_others(self) -> bool:
        """Whether other machines can reach it, as far as this one knows."""
        return not is_loopback(self.host)

    @property
    def url(self) -> str:
        """What a person types, without a slash at the end; a number where no name is sure to be known."""
        host = _own_number(self.host) if self.host in _EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _own_number(everywhere: str) -> str:
    """Return this machine's number in its network, or its name where it has none."""
    family = socket.AF_INET6 if ":" in everywhere else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_SOMEWHERE[family], 9))
        except OSError:  # no network
            return socket.gethostname()
        return str(probe.getsockname()[0])


_ours = Address("127.0.0.1", 8765)


def listening(host: str, port: int) -> Address:
    """Note where this server listens, for its pages to say; return it."""
    global _ours  # noqa: PLW0603 - a server listens at one address, known before its first page
    _ours = Address(host, port)
    return _ours


def our_address() -> Address:
    """Return where this server listens."""
    return _ours
