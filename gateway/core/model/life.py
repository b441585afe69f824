"""School life beyond lessons: events, entries, meals, portfolio, the bag."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from gateway.core.model.attachments import Attachment
from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model, Reference


class EventStatus(StrEnum):
    """State of an event (iCalendar)."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class EventKind(StrEnum):
    """What an event is, where the provider tells it apart from others."""

    CONTROL_WORK = "control_work"
    COURSE_TASK = "course_task"
    UNKNOWN = "unknown"


class SchoolEvent(Model):
    """A contest, olympiad, seminar, excursion or meeting, or a work that is planned."""

    id: Id = Field(description="Identifier of the event.")
    title: str = Field(description="Title.")
    kind: EventKind | None = Field(None, description="Control work, task of a course …")
    kind_text: str | None = Field(None, description="The provider's own word.")
    description: str | None = Field(None, description="Plain text.")
    starts_at: datetime | None = Field(None, description="Aware start.")
    ends_at: datetime | None = Field(None, description="Aware end.")
    date: LocalDate | None = Field(None, description="Local date.")
    place: str | None = Field(None, description="Where.")
    organizer: str | None = Field(None, description="Who organises it.")
    url: str | None = Field(None, description="Address of the event's page, for a person.")
    subject: Reference | None = Field(None, description="Subject that it belongs to.")
    status: EventStatus | None = Field(None, description="Confirmed, cancelled …")
    status_text: str | None = Field(None, description="The provider's own word.")


class EntryDirection(StrEnum):
    """Way through the turnstile."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class EntryEvent(Model):
    """One passage through the turnstile."""

    id: Id = Field(description="Identifier of the passage.")
    at: datetime = Field(description="Aware moment.")
    direction: EntryDirection = Field(description="In or out.")
    direction_text: str | None = Field(None, description="The provider's own word.")
    place: str | None = Field(None, description="Building or door.")


class MealPaymentKind(StrEnum):
    """What moved money of a meal account."""

    TOP_UP = "top_up"
    ORDER = "order"
    CANCELLATION = "cancellation"
    TRANSFER = "transfer"
    REFUND = "refund"
    UNKNOWN = "unknown"


class MealPayment(Model):
    """One movement of a meal account."""

    id: Id = Field(description="Identifier of the movement.")
    at: datetime = Field(description="Aware moment.")
    kind: MealPaymentKind = Field(description="Top-up, order, refund …")
    kind_text: str | None = Field(None, description="The provider's own word.")
    amount: Decimal = Field(description="Roubles; negative for what was taken.")
    balance_before: Decimal | None = Field(
        None, description="Roubles on the account before it; negative for a debt."
    )


class MealAccount(Model):
    """The account from which meals are paid."""

    id: Id = Field(description="Identifier of the account.")
    balance: Decimal | None = Field(None, description="Roubles; negative for a debt.")
    number: str | None = Field(None, description="Account number.")
    daily_limit: Decimal | None = Field(None, description="Roubles a day.")
    payments: Loadable[tuple[MealPayment, ...]] = Field(
        NOT_LOADED, description="Movements of the last weeks, newest first."
    )


class MealKind(StrEnum):
    """What was served."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    SNACK = "snack"
    BUFFET = "buffet"
    UNKNOWN = "unknown"


class Meal(Model):
    """A meal that was ordered, served or offered."""

    id: Id = Field(description="Identifier of the meal.")
    date: LocalDate = Field(description="Local date.")
    kind: MealKind = Field(description="Breakfast, lunch …")
    kind_text: str | None = Field(None, description="The provider's own word.")
    items: tuple[str, ...] = Field((), description="Dishes.")
    price: Decimal | None = Field(None, description="Roubles.")
    is_ordered: bool | None = Field(None, description="Whether it was ordered.")


class PortfolioItem(Model):
    """An achievement, a certificate, a club."""

    id: Id = Field(description="Identifier of the item.")
    title: str = Field(description="Title.")
    category: str | None = Field(None, description="Category in the provider's words.")
    date: LocalDate | None = Field(None, description="Local date.")
    result: str | None = Field(None, description="Place or result.")
    level: str | None = Field(None, description="School, city, country …")
    attachments: tuple[Attachment, ...] = Field((), description="Certificates.")


class BagWeight(Model):
    """Weight of the school bag on a day."""

    date: LocalDate = Field(description="Local date.")
    grams: int = Field(description="Weight in grams.")
    limit_grams: int | None = Field(None, description="Highest healthy weight in grams.")


class CurriculumItem(Model):
    """One subject of the study plan."""

    id: Id = Field(description="Identifier of the line.")
    subject: Reference = Field(description="Subject.")
    profile: str | None = Field(None, description="Profile of study, from grade 10.")
    hours_per_week: Decimal | None = Field(None, description="Lessons a week.")
    hours_per_year: int | None = Field(None, description="Lessons a year.")
    held: int | None = Field(None, description="Lessons held so far.")


class ApplicationState(StrEnum):
    """How far an application for access has come."""

    DRAFT = "draft"
    FILED = "filed"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class ApplicationStep(Model):
    """One state that an application was in."""

    state: ApplicationState = Field(description="How far it had come.")
    state_text: str | None = Field(None, description="The provider's own word.")
    at: datetime | None = Field(None, description="Aware moment at which it began.")
    comment: str | None = Field(None, description="What was said about it.")


class Application(Model):
    """An application for access to a diary."""

    id: Id = Field(description="Identifier of the application.")
    state: ApplicationState = Field(description="How far it has come.")
    state_text: str | None = Field(None, description="The provider's own word.")
    filed_at: datetime | None = Field(None, description="Aware moment of filing.")
    changed_at: datetime | None = Field(None, description="Aware moment of the last change.")
    school: Reference | None = Field(None, description="School applied to.")
    reasons: tuple[str, ...] = Field((), description="Reasons of a refusal.")
    number: str | None = Field(None, description="Number to name when asking about it.")
    title: str | None = Field(None, description="Name of the service applied to.")
    can_be_cancelled: bool | None = Field(None, description="Whether it can be withdrawn now.")
    history: tuple[ApplicationStep, ...] = Field((), description="Earlier states, oldest first.")
    attachments: tuple[Attachment, ...] = Field((), description="Files of the answer.")
