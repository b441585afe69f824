"""Files and online materials (notes 4.2, 4.9, 4.10)."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Seen
from gateway_eljur.wire.base import Key, Printed, Wire


class File(Wire, frozen=True):
    """A file with its address; `toid` is the number of the homework that it hangs on."""

    link: Annotated[str | None, Seen(9)] = None
    filename: Annotated[Printed | None, Seen(9)] = None
    toid: Annotated[Key | None, Seen(6)] = None


class Resource(Wire, frozen=True):
    """An online material with its address."""

    link: Annotated[str | None, Seen(4)] = None
    filename: Annotated[Printed | None, Seen(4)] = None


class Uploaded(Wire, frozen=True):
    """What the storage says of a file that it took."""

    id: Annotated[Key | None, Assumed("`fid[]` of a letter has to come from somewhere")] = None
    url: Annotated[str | None, Seen(1)] = None
