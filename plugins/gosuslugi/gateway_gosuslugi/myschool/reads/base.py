"""What all reads share: identifiers, the declaration of a child, and the data call."""

from collections.abc import Sequence
from datetime import date

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import GatewayError, SessionError
from gateway.core.ids import Ids
from gateway.core.wire.request import Body
from gateway_gosuslugi.myschool.datamart.asking import ask
from gateway_gosuslugi.myschool.datamart.pool import Pool
from gateway_gosuslugi.myschool.datamart.queries import Query
from gateway_gosuslugi.myschool.mapping.clock import SchoolClock
from gateway_gosuslugi.myschool.mapping.context import MapContext
from gateway_gosuslugi.myschool.mapping.keys import Keys
from gateway_gosuslugi.myschool.mapping.people import REGION, STUDENT
from gateway_gosuslugi.myschool.routes import API, CHOOSE, WELCOME

_STUDENT_TYPE = "student"


class MySchoolBase(Adapter):
    """Base of the parts of the diary."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(declaration, instance, settings)
        self.ids = Ids(declaration.name, instance.key)

    def context(self, link: DiaryLink, student: StudentRef) -> MapContext:
        """What mapping needs to know of a student."""
        keys = Keys(self.ids, student.native[STUDENT])
        return MapContext(keys, SchoolClock(link.zone_of(student)), link.note)

    def today(self, link: DiaryLink, student: StudentRef) -> date:
        """Today at the school."""
        return link.today(link.zone_of(student).key)

    async def ask(
        self,
        link: DiaryLink,
        student: StudentRef,
        queries: Sequence[Query],
        *,
        tells: Sequence[str] | None = None,
    ) -> Pool:
        """Asks the data call about a student who was declared to it."""
        await declare(link, student)
        return await ask(link, queries, tells=tells)


async def declare(link: DiaryLink, student: StudentRef) -> None:
    """Declares a child to the service, as its site does before the first data call (notes 4.2).

    Once per child is enough. Only names of the fields are known, and clients that leave this out
    get their data all the same, so that a refusal is no reason to stop.

    Raises:
        SessionError: Nobody is signed in any more.
    """
    native = student.native[STUDENT]
    note = f"declared/{native}"
    if link.memo.get(note) is not None or not link.offers(WELCOME):
        return
    region = native_region(student)
    welcome = {"student_id": native, "region": region, "student_type": _STUDENT_TYPE}
    choice = {"student_id": native, "prn_mark": True}
    for route, body in ((WELCOME, welcome), (CHOOSE, choice)):
        try:
            await link.request(API, "POST", route, body=Body.of_json(body), template=route)
        except SessionError:
            raise
        except GatewayError:
            continue
    link.memo.put(note, "1")


def native_region(student: StudentRef) -> str | None:
    """The student's region as the diary writes it, if it told one."""
    return student.native.get(REGION)
