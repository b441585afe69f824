"""What all operations share: identifiers and the student's own keys."""

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.ids import Ids
from gateway.core.local_time import LocalTime
from gateway_eljur.mapping.context import MapContext
from gateway_eljur.mapping.keys import Keys


class EljurBase(Adapter):
    """Base of the parts of the adapter."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(declaration, instance, settings)
        self.ids = Ids(declaration.name, instance.key)
        self.keys = Keys(self.ids)

    def context(self, link: DiaryLink, student: StudentRef) -> MapContext:
        """What mapping needs to know of a student."""
        return MapContext(
            self.keys, LocalTime(link.zone_of(student)), student.native["student"], link.note
        )
