"""Host names as clients send them."""


def ascii_host(host: str) -> str:
    """A host name as it stands in addresses; one that cannot stand there stays as it is."""
    name = host.lower().rstrip(".")
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def named_host(header: str | None) -> str:
    """The host of a `Host` header without its port, as it stands in addresses."""
    return ascii_host((header or "").partition(":")[0])
