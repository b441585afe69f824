"""What a partner can do with applications, and what others are told (notes 4.6)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from gateway.core.contract.capability import Capability, SupportInfo, unsupported, unverified
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.settings import ProviderSettings
from gateway.core.model.people import Role
from gateway_gosuslugi.epgu.contract import NO_PARTNER, is_configured

_FOLLOWING: Final = unverified(
    "Заявления видны партнёру портала с договором. Номера статусов этой услуги никто не проверил.",
    "A partner under contract sees applications. Nobody has verified this service's state numbers.",
)
_FILING: Final = unverified(
    "Подать заявление может партнёр портала с договором и своим шаблоном. Форма не публична, "
    "и её вид никто не проверил.",
    "A partner under contract may file, by a template of its own. The form is not public and "
    "nobody has verified it.",
)
_FILES: Final = unverified(
    "Файлов дневника «Моя школа» не отдаёт: к заданию бывают только ссылки. Файлы ответов на "
    "заявления скачивает партнёр портала.",
    "«My School» serves no files of the diary: homework has links only. A partner downloads the "
    "files of answers to applications.",
)
_NO_FILES: Final = unsupported(
    "Файлов «Моя школа» не отдаёт: к заданию бывают только ссылки.",
    "«My School» serves no files: homework has links only.",
)
_NO_PARTNER: Final = unsupported(NO_PARTNER.ru, NO_PARTNER.en)

CAPABILITIES: Final[Mapping[Capability, SupportInfo]] = {
    Capability.APPLICATIONS: replace(_FOLLOWING, absent_fields=frozenset({"Application.school"})),
    Capability.FILE_APPLICATION: replace(
        _FILING,
        roles=frozenset({Role.GUARDIAN, Role.STUDENT, Role.UNKNOWN}),
        invalidates=frozenset({"list_applications"}),
    ),
    Capability.ATTACHMENTS: _FILES,
}
"""For a partner."""

_OTHERS: Final[Mapping[Capability, SupportInfo]] = {
    Capability.APPLICATIONS: _NO_PARTNER,
    Capability.FILE_APPLICATION: _NO_PARTNER,
    Capability.ATTACHMENTS: _NO_FILES,
}


def narrowed(declaration: Declaration, settings: ProviderSettings) -> Declaration:
    """The declaration of an operator: without a partner's contract nothing can be filed."""
    if is_configured(settings):
        return declaration
    return replace(declaration, capabilities={**declaration.capabilities, **_OTHERS})
