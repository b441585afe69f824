"""School meals: menus, accounts and what was bought."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from gateway.sandbox.world.model import (
    Dish,
    Entry,
    MealAccount,
    MealKind,
    MealTransaction,
    Menu,
    School,
    Student,
    TransactionKind,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.school_year import DAY

_BREAKFASTS = (
    (("Каша овсяная", "42.50", 210, 200), ("Чай с лимоном", "12.00", 60, 200)),
    (("Омлет", "51.00", 260, 150), ("Какао", "18.30", 120, 200)),
    (("Запеканка", "64.90", 310, 180), ("Компот", "14.00", 90, 200)),
)
_LUNCHES = (
    (
        ("Борщ", "38.00", 150, 250),
        ("Котлета & пюре", "96.00", 420, 280),
        ("Морс", "15.00", 80, 200),
    ),
    (
        ("Суп с фрикадельками", "41.20", 180, 250),
        ("Гречка с курицей", "102.00", 450, 300),
        ("Сок", "22.00", 85, 200),
    ),
)
_BUFFET = (("Булочка", "25.00"), ("Вода 0,5 л", "30.00"), ("Яблоко", "19.90"))
_TOP_UP, _LOW = Decimal(1500), Decimal(200)
_BUFFET_SHARE, _REFUND_SHARE = 0.25, 0.03
_MENU_DAYS = timedelta(days=14)


def _dishes(day: date, kind: MealKind) -> tuple[Dish, ...]:
    table = _BREAKFASTS if kind is MealKind.BREAKFAST else _LUNCHES
    rows = table[day.toordinal() % len(table)]
    return tuple(
        Dish(name=name, price=Decimal(price), kcal=kcal, grams=grams)
        for name, price, kcal, grams in rows
    )


def _price(dishes: tuple[Dish, ...]) -> Decimal:
    return sum((dish.price for dish in dishes), Decimal(0))


def make_menus(school: School, study_days: tuple[date, ...], today: date) -> list[Menu]:
    """Menus of the study days of two weeks before and after ``today``."""
    rows = ((MealKind.BREAKFAST, "Завтрак", time(9, 30)), (MealKind.LUNCH, "Обед", time(12, 20)))
    return [
        Menu(
            key=f"menu-{school.key}-{day:%Y%m%d}-{kind.value}",
            school_key=school.key,
            date=day,
            kind=kind,
            name=name,
            price=_price(_dishes(day, kind)),
            serves_at=at,
            dishes=_dishes(day, kind),
        )
        for day in study_days
        if today - _MENU_DAYS <= day <= today + _MENU_DAYS
        for kind, name, at in rows
    ]


def make_meals(
    seed: int, student: Student, school: School, entries: list[Entry], since: date
) -> tuple[MealAccount, list[MealTransaction]]:
    """A year of lunches on the days in school, topped up when money is short."""
    rng = stream(seed, "meals", student.key)
    zone = ZoneInfo(school.zone)
    number = student.key.removeprefix("student-")
    account = f"meal-account-{number}"
    balance = Decimal(0)
    found: list[MealTransaction] = []

    def add(
        kind: TransactionKind, at: datetime, amount: Decimal, title: str, items: tuple[str, ...]
    ) -> None:
        nonlocal balance
        balance += amount
        found.append(
            MealTransaction(
                key=f"meal-{number}-{len(found) + 1}",
                account_key=account,
                student_key=student.key,
                kind=kind,
                at=at,
                amount=amount,
                balance_after=balance,
                title=title,
                items=items,
            )
        )

    first = datetime.combine(since, time(7, 30), zone)
    add(TransactionKind.TOP_UP, first, _TOP_UP, "Пополнение счёта", ())
    for day in sorted({entry.date for entry in entries}):
        lots = rng.random(), rng.random()
        minute = rng.randrange(40)
        if balance < _LOW:
            at = datetime.combine(day - DAY, time(20, minute), zone)
            add(TransactionKind.TOP_UP, at, _TOP_UP, "Пополнение счёта", ())
        dishes = _dishes(day, MealKind.LUNCH)
        at = datetime.combine(day, time(12, minute), zone)
        names = tuple(dish.name for dish in dishes)
        add(TransactionKind.PURCHASE, at, -_price(dishes), "Обед", names)
        if lots[0] < _BUFFET_SHARE:
            name, price = _BUFFET[minute % len(_BUFFET)]
            later = at + timedelta(hours=1)
            add(TransactionKind.PURCHASE, later, -Decimal(price), "Буфет", (name,))
        if lots[1] < _REFUND_SHARE:
            later = at + timedelta(hours=2)
            add(TransactionKind.REFUND, later, _price(dishes), "Возврат: обед не выдан", ())
    limit = Decimal(300) if int(number) % 2 else None
    return (
        MealAccount(
            key=account,
            student_key=student.key,
            school_key=school.key,
            number=f"0000-{int(number):04d}",
            balance=balance,
            day_limit=limit,
        ),
        found,
    )
