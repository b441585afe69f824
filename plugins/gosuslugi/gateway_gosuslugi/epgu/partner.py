"""A contracted partner: the only one who can make a file of an application.

Without a service code, a target code and an XML template there is no `Partner`, without a
`Partner` no `Filing`, and nothing but a `Filing` can be pushed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import ConfigurationError, MissingSetting, NotSupported
from gateway.core.text.filenames import safe_filename
from gateway_gosuslugi.epgu.archive import zipped
from gateway_gosuslugi.epgu.contract import NO_PARTNER, is_configured
from gateway_gosuslugi.epgu.form import PLACEHOLDERS, DiaryForm
from gateway_gosuslugi.epgu.routes import EPGU
from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.epgu.template import LARGEST, Template

_NUMBER: Final = "order"
_GUID: Final = "guid"
_KNOWN: Final = PLACEHOLDERS | {_NUMBER, _GUID, "okato"}


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's contract: codes and templates, all of which were checked.

    Attributes:
        service_code: Code of the service's form.
        target_code: Code of what is applied for.
        number_inside: Whether the number is reserved before the XML is made.
        edition: Edition of the specification that files are fetched by.
    """

    service_code: str
    target_code: str
    template: Template = field(repr=False)
    file_name: str
    transport: Template | None = field(repr=False)
    transport_name: str
    number_inside: bool
    edition: str

    def __post_init__(self) -> None:
        if not self.service_code or not self.target_code:
            raise MissingSetting("a partner has a service code and a target code")
        if (_NUMBER in self.template.asked) != self.number_inside:
            raise ConfigurationError("{{order}} and epgu_number_inside go together")


@dataclass(frozen=True, slots=True)
class Filing:
    """One application, ready to be pushed.

    Attributes:
        partner: Whose contract it rests on.
        form: What the person applies for.
        guid: Sets its files apart.
        number: The reserved number, where the XML carries it.
    """

    partner: Partner
    form: DiaryForm = field(repr=False)
    guid: UUID
    number: int | None = None

    def __post_init__(self) -> None:
        if self.partner.number_inside and self.number is None:
            raise ConfigurationError("the number must be reserved before the file is made")

    @property
    def meta(self) -> Mapping[str, str]:
        """What the portal is told beside the archive."""
        return meta_of(self.partner, self.form.okato)

    @property
    def meta_json(self) -> bytes:
        """The same as JSON."""
        return msgspec.json.encode(self.meta)

    def archive(self) -> bytes:
        """The ZIP: the partner's XML, filled, and the attachments."""
        values = {
            **self.form.values,
            _GUID: str(self.guid),
            _NUMBER: str(self.number or ""),
            "okato": self.form.okato,
        }
        partner = self.partner
        files = [(self._named(partner.file_name), partner.template.filled(values).encode())]
        if partner.transport is not None:
            filled = partner.transport.filled(values).encode()
            files.append((self._named(partner.transport_name), filled))
        for place, (name, _, content) in enumerate(self.form.files, 1):
            files.append((f"{place}_{safe_filename(name)}", content))
        return zipped(files)

    def _named(self, pattern: str) -> str:
        return pattern.replace("{guid}", str(self.guid))


def meta_of(partner: Partner, okato: str) -> Mapping[str, str]:
    """Place, service and target, as the portal wants them."""
    return {
        "region": okato,
        "serviceCode": partner.service_code,
        "targetCode": partner.target_code,
    }


def partner_of(settings: ProviderSettings, base_urls: Mapping[str, str]) -> Partner:
    """The partner that an operator has set.

    Args:
        settings: The operator's settings.
        base_urls: Where the host roles are really served.

    Raises:
        NotSupported: Nobody has set a partner.
        ConfigurationError: A template cannot be used, or is the sandbox's and the portal is real.
    """
    if not isinstance(settings, PartnerSettings) or not is_configured(settings):
        raise NotSupported("no partner of the portal is configured", text=NO_PARTNER)
    found = _partner(
        settings.epgu_service_code or "",
        settings.epgu_target_code or "",
        _read(settings.epgu_template),
        settings.epgu_file_name,
        _read(settings.epgu_transport_template),
        settings.epgu_transport_name,
        settings.epgu_number_inside,
        settings.epgu_specification,
    )
    if found.template.is_sandbox and not _is_loopback(base_urls.get(EPGU, "")):
        raise ConfigurationError("the sandbox's template must not reach a real portal")
    return found


@lru_cache(maxsize=8)
def _partner(
    service: str,
    target: str,
    template: str | None,
    file_name: str,
    transport: str | None,
    transport_name: str,
    number_inside: bool,
    edition: str,
) -> Partner:
    return Partner(
        service,
        target,
        Template(template or "", _KNOWN, about_child=True),
        file_name,
        None if transport is None else Template(transport, _KNOWN, about_child=False),
        transport_name,
        number_inside,
        edition,
    )


def _read(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ConfigurationError("a template is too large")
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError("a template cannot be read") from None


def _is_loopback(url: str) -> bool:
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False
