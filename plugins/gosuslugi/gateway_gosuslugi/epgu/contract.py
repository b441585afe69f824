"""Whether an operator has a partner's contract; loads nothing of what a partner then needs."""

from typing import Final

from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import Text

NO_PARTNER: Final = Text(
    "Подавать заявления через Госуслуги может только организация с договором: код услуги, код "
    "цели и шаблон заявления не заданы. Подайте заявление на самом портале.",
    "Only an organisation under contract may file applications at Gosuslugi: service code, target "
    "code and template are not set. File at the portal itself.",
)
_NEEDED: Final = ("epgu_service_code", "epgu_target_code", "epgu_template")


def is_configured(settings: ProviderSettings) -> bool:
    """Whether an operator has set what a partner needs; nothing is read."""
    return all(getattr(settings, name, None) for name in _NEEDED)
