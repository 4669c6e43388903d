"""Where a request comes from: through proxies that are trusted, and whether it is Telegram."""

import hmac
import ipaddress
from ipaddress import IPv4Address, IPv6Address

from bot.settings import Networks

# https://core.telegram.org/bots/webhooks#the-short-version
TELEGRAM = tuple(map(ipaddress.ip_network, ("149.154.160.0/20", "91.108.4.0/22")))


def is_telegram(peer: str, forwarded: str, proxies: Networks) -> bool:
    """Whether a request is from Telegram's networks. `forwarded` is its X-Forwarded-For."""
    found = origin(peer, forwarded, proxies)
    return found is not None and any(found in network for network in TELEGRAM)


def origin(peer: str, forwarded: str, proxies: Networks) -> IPv4Address | IPv6Address | None:
    """The last address that no trusted proxy vouches for: what stands before it may be made up."""
    hops = [*forwarded.split(","), peer] if forwarded else [peer]
    for hop in reversed(hops):
        try:
            address = ipaddress.ip_address(hop.strip())
        except ValueError:
            return None
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if not any(address in network for network in proxies):
            return address
    return None


def is_same(given: str | None, secret: str) -> bool:
    """Whether a secret is right, in a time that does not tell how much of it."""
    return given is not None and hmac.compare_digest(given.encode(), secret.encode())
