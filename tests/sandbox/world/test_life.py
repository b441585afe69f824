from datetime import date
from decimal import Decimal

from gateway.sandbox.world import World, attachment_bytes
from gateway.sandbox.world.model import LessonForm, MealKind, StudyLevel, TransactionKind

PUPILS = ("student-1", "student-2", "student-3", "student-4", "student-5")


def test_entries_enclose_the_lessons_attended(world: World) -> None:
    for student in PUPILS:
        entries = world.entries_of(student)
        assert len(entries) > 50
        for entry in entries:
            lessons = [
                lesson
                for lesson in world.lessons_of(student, entry.date, entry.date)
                if lesson.school_key == entry.school_key and lesson.form is not LessonForm.REMOTE
            ]
            assert lessons
            if entry.entered_at and entry.left_at:
                assert entry.entered_at < entry.left_at


def test_some_stays_lack_a_side_and_some_days_have_two(world: World) -> None:
    assert any(entry.entered_at is None for entry in world.entries)
    assert any(entry.left_at is None for entry in world.entries)
    days = [(entry.student_key, entry.school_key, entry.date) for entry in world.entries]
    assert len(days) > len(set(days))


def test_the_meal_balance_is_the_sum_of_all_movements(world_of_day: World) -> None:
    for student in PUPILS:
        account = world_of_day.meal_account_of(student)
        assert account
        rows = world_of_day.meal_transactions_of(student)
        assert sum((row.amount for row in rows), Decimal(0)) == account.balance
        assert rows[0].kind is TransactionKind.TOP_UP
        balance = Decimal(0)
        for row in rows:
            balance += row.amount
            assert row.balance_after == balance


def test_meals_are_bought_topped_up_and_refunded(world: World) -> None:
    assert {row.kind for row in world.meal_transactions} == set(TransactionKind)


def test_menus_cost_what_their_dishes_cost(world: World) -> None:
    menus = world.menus_of("student-1")
    assert {menu.kind for menu in menus} == {MealKind.BREAKFAST, MealKind.LUNCH}
    assert all(menu.price == sum(dish.price for dish in menu.dishes) for menu in menus)
    assert any(menu.date > world.today for menu in menus)


def test_a_study_plan_counts_the_hours_held(world: World) -> None:
    plan = world.study_plan_of("student-3")
    assert plan
    assert plan.profile
    assert {item.level for item in plan.items} == set(StudyLevel)
    assert all(0 <= item.hours_passed <= item.hours_total for item in plan.items)
    assert any(item.hours_passed for item in plan.items)
    younger = world.study_plan_of("student-1")
    assert younger
    assert younger.profile is None


def test_a_portfolio_has_certificates(world: World) -> None:
    for student in PUPILS:
        items = world.portfolio_of(student)
        assert len(items) == 3
        assert all(item.date < world.current_year.starts for item in items)
    files = [item.certificate for item in world.portfolio if item.certificate]
    assert files
    assert len(attachment_bytes(files[0])) == files[0].size


def test_featured_pupils_go_to_clubs(world: World) -> None:
    clubs = world.clubs_of("student-1")
    assert clubs
    assert all(club.school_key == "school-1" for club in clubs)


def test_life_stands_still_in_the_holidays(world: World) -> None:
    assert world.entries_of("student-1", date(2026, 1, 1), date(2026, 1, 8)) == ()
    assert world.menus_of("student-1", date(2026, 1, 1), date(2026, 1, 8)) == ()
