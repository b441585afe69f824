"""Regions, schools with their bells and buildings, and the list of classes to fill."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from gateway.sandbox.world.model import (
    Bell,
    BellSchedule,
    Building,
    PeriodKind,
    Region,
    School,
    SchoolKind,
)
from gateway.sandbox.world.subjects import FIVE

REGIONS: tuple[Region, ...] = tuple(
    Region(key=f"region-{code}", code=code, iso=iso, name=name, zone=zone)
    for code, iso, name, zone in (
        ("77", "RU-MOW", "Москва", "Europe/Moscow"),
        ("38", "RU-IRK", "Иркутская область", "Asia/Irkutsk"),
        ("39", "RU-KGD", "Калининградская область", "Europe/Kaliningrad"),
        ("54", "RU-NVS", "Новосибирская область", "Asia/Novosibirsk"),
    )
)
_REGION_BY_CODE = {region.code: region for region in REGIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPlan:
    """A class that the world has: grade None is a group of additional education."""

    school_number: int
    grade: int | None
    letter: str
    latin: str
    classmates: int  # besides the featured pupils
    profile: str | None = None

    @property
    def slug(self) -> str:
        """Part of keys, such as ``1-7a``."""
        return f"{self.school_number}-{self.grade or ''}{self.latin}"


CLASS_PLANS: tuple[ClassPlan, ...] = (
    ClassPlan(school_number=1, grade=7, letter="А", latin="a", classmates=3),
    ClassPlan(school_number=1, grade=5, letter="Б", latin="b", classmates=3),
    ClassPlan(school_number=2, grade=8, letter="В", latin="v", classmates=3),
    ClassPlan(
        school_number=3,
        grade=10,
        letter="Б",
        latin="b",
        classmates=3,
        profile="Технологический (информационно-математический)",
    ),
    ClassPlan(school_number=4, grade=6, letter="А", latin="a", classmates=3),
    ClassPlan(school_number=5, grade=None, letter="РТ-2", latin="rt2", classmates=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SchoolPlan:
    number: int
    code: str
    city: str
    municipality: str
    short_name: str
    full_name: str
    period_kind: PeriodKind
    first_bell: time
    minutes: int
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    kind: SchoolKind = SchoolKind.REGULAR
    weighs_marks: bool = True
    rounding: str = "0.50"


_PLANS: tuple[_SchoolPlan, ...] = (
    _SchoolPlan(
        number=1,
        code="77",
        city="Москва",
        municipality="Вымышленный округ",
        short_name="ГБОУ Школа № 0001",
        full_name="Государственное бюджетное общеобразовательное учреждение "
        "«Примерная школа № 0001»",
        period_kind=PeriodKind.QUARTER,
        first_bell=time(8, 30),
        minutes=45,
    ),
    _SchoolPlan(
        number=2,
        code="38",
        city="Пробнинск",
        municipality="Пробнинский район",
        short_name='МБОУ "СОШ № 0 г. Пробнинска"',
        full_name="Муниципальное бюджетное общеобразовательное учреждение "
        '"Средняя общеобразовательная школа № 0 города Пробнинска"',
        period_kind=PeriodKind.TRIMESTER,
        first_bell=time(8, 0),
        minutes=40,
        weekdays=(1, 2, 3, 4, 5, 6),
        weighs_marks=False,
    ),
    _SchoolPlan(
        number=3,
        code="39",
        city="Образцовск",
        municipality="Образцовский городской округ",
        short_name="Лицей «Эталон»",
        full_name="Муниципальное автономное общеобразовательное учреждение лицей «Эталон»",
        period_kind=PeriodKind.SEMESTER,
        first_bell=time(9, 0),
        minutes=45,
        weekdays=(1, 2, 3, 4, 5, 6),
        rounding="0.60",
    ),
    _SchoolPlan(
        number=4,
        code="54",
        city="Макетово",
        municipality="Макетовский район",
        short_name="Гимназия № 000",
        full_name="Муниципальное бюджетное общеобразовательное учреждение «Гимназия № 000»",
        period_kind=PeriodKind.MODULE,
        first_bell=time(8, 15),
        minutes=40,
    ),
    _SchoolPlan(
        number=5,
        code="77",
        city="Москва",
        municipality="Вымышленный округ",
        short_name="ЦДТ «Песочница»",
        full_name="Центр детского творчества «Песочница»",
        period_kind=PeriodKind.SEMESTER,
        first_bell=time(16, 30),
        minutes=45,
        weekdays=(2, 4),
        kind=SchoolKind.ADDITIONAL,
        weighs_marks=False,
    ),
)
_ANY_DAY = date(2000, 1, 3)  # only its clock is used
_BREAKS = (10, 15, 20, 15, 10, 10, 10)
_LESSONS = {SchoolKind.REGULAR: 8, SchoolKind.ADDITIONAL: 2}


def school_key(number: int) -> str:
    """Key of a school by its number."""
    return f"school-{number}"


def principal_key(number: int) -> str:
    """Person key of the head of a school."""
    return f"person-principal-{number}"


def make_schools() -> tuple[School, ...]:
    """The schools; they are the same for every seed."""
    return tuple(_school(plan) for plan in _PLANS)


def _school(plan: _SchoolPlan) -> School:
    region = _REGION_BY_CODE[plan.code]
    street = f"г. {plan.city}, ул. Вымышленная, д. {plan.number}"
    buildings = [
        Building(
            key=f"building-{plan.number}-1",
            name="Главный корпус",
            address=street,
            floors=4,
            is_main=True,
        )
    ]
    if plan.kind is SchoolKind.REGULAR:
        buildings.append(
            Building(
                key=f"building-{plan.number}-2",
                name="Корпус 2",
                address=f"{street}, корп. 2",
                floors=2,
                is_main=False,
            )
        )
    return School(
        key=school_key(plan.number),
        kind=plan.kind,
        short_name=plan.short_name,
        full_name=plan.full_name,
        region_key=region.key,
        municipality=plan.municipality,
        city=plan.city,
        address=street,
        zone=region.zone,
        phone=f"+790000001{plan.number:02d}",
        email=f"school-{plan.number}@example.org",
        website=f"https://school-{plan.number}.example.org",
        principal_person_key=principal_key(plan.number),
        period_kind=plan.period_kind,
        scale_key=FIVE,
        study_weekdays=plan.weekdays,
        buildings=tuple(buildings),
        bell_schedules=_bell_schedules(plan),
        rounding=Decimal(plan.rounding),
        weighs_marks=plan.weighs_marks,
    )


def _bell_schedules(plan: _SchoolPlan) -> tuple[BellSchedule, ...]:
    key = school_key(plan.number)
    count = _LESSONS[plan.kind]
    main = BellSchedule(
        key=f"bells-{plan.number}-main",
        school_key=key,
        name="Основное расписание",
        weekdays=(1, 2, 3, 4, 5),
        bells=_bells(plan.first_bell, plan.minutes, count),
    )
    if plan.kind is SchoolKind.ADDITIONAL:
        return (main,)
    short = BellSchedule(
        key=f"bells-{plan.number}-short",
        school_key=key,
        name="Сокращённые уроки",
        weekdays=(6,),
        bells=_bells(plan.first_bell, plan.minutes - 5, count),
    )
    return (main, short)


def _bells(first: time, minutes: int, count: int) -> tuple[Bell, ...]:
    rows = []
    now = datetime.combine(_ANY_DAY, first)
    for number in range(1, count + 1):
        end = now + timedelta(minutes=minutes)
        name = f"{number} урок"
        rows.append(
            Bell(number=number, starts=now.time(), ends=end.time(), is_break=False, name=name)
        )
        if number == count:
            break
        now = end + timedelta(minutes=_BREAKS[number - 1])
        name = f"Перемена {_BREAKS[number - 1]} мин"
        rows.append(
            Bell(number=number, starts=end.time(), ends=now.time(), is_break=True, name=name)
        )
    return tuple(rows)
