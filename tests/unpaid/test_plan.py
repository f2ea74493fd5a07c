"""Whatever a customer does, in whatever order: what the letters keep to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orders.actions.follow_up import QUIET
from orders.models import Order
from payments.actions.expire import AFTER
from payments.models import Payment
from payments.status import PaymentStatus
from payments.unpaid.letters import APART, Letter, plan_for

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# What happens after so many minutes, to the order's newest attempt.
STEPS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 20), st.integers(0, 900)),
        st.sampled_from(("opens", "is refused", "tries again", "expires", "nothing")),
    ),
    max_size=12,
)


@dataclass
class Story:
    """One order, and a worker that looks when it was told to."""

    order: Order = field(default_factory=lambda: Order(created_at=NOON))
    payment: Payment | None = None
    at: datetime = NOON
    look_at: datetime | None = NOON + QUIET
    last_sign: datetime = NOON
    written: dict[str, datetime] = field(default_factory=dict)
    letters: list[tuple[Letter, datetime]] = field(default_factory=list)

    def go_on(self, until: datetime) -> None:
        while self.look_at and self.look_at <= until:
            self.at = max(self.at, self.look_at)
            plan = plan_for(self.order, self.payment, written=self.written, at=self.at)
            if plan.letter:
                self._check(plan.letter)
                assert plan.key not in self.written, "The same letter twice."
                self.written[plan.key] = self.at
                self.letters.append((plan.letter, self.at))
            assert plan.again_at is None or plan.again_at > self.at, "Looks for ever."
            self.look_at = plan.again_at
        self.at = until

    def happens(self, what: str) -> None:
        if what == "opens" and self.payment is None:
            self.payment = Payment(created_at=self.at, updated_at=self.at)
            self.last_sign = self.at
        if self.payment is None or what in ("opens", "nothing"):
            return
        self.payment.updated_at = self.last_sign = self.at
        if what == "is refused":
            self.payment.status = PaymentStatus.FAILED
            self.payment.failure_code = "card_declined"
            self.look_at = self.at + QUIET
        elif what == "tries again":
            self.payment.status, self.payment.failure_code = PaymentStatus.PENDING, ""
        else:
            self.payment.status = PaymentStatus.CANCELLED

    def _check(self, letter: Letter) -> None:
        assert self.at >= self.last_sign + QUIET, "They were still there."
        if letter == Letter.FAILED:
            assert self.payment
            assert self.payment.failure_code
            return
        assert self.at < NOON + AFTER, "The day was over."
        if letter == Letter.REMINDER:
            assert self.at >= NOON + timedelta(hours=20)
            assert all(self.at >= at + APART for _, at in self.letters)
        else:
            assert not self.letters, "They knew."


@given(steps=STEPS)
def test_letters_are_few_true_and_in_time(steps: list[tuple[int, str]]) -> None:
    story = Story()

    for minutes, what in steps:
        story.go_on(story.at + minutes * MINUTE)
        story.happens(what)
    story.go_on(story.at + 3 * AFTER)

    kinds = [letter for letter, _ in story.letters]
    assert len(kinds) == len(set(kinds)) <= 3
    assert story.look_at is None


@given(minutes=st.integers(15, 23 * 60 + 59))
def test_who_does_nothing_is_told_once_whenever_the_worker_looks(minutes: int) -> None:
    at = NOON + minutes * MINUTE

    plan = plan_for(Order(created_at=NOON), None, written={}, at=at)

    is_late = minutes >= 20 * 60
    assert plan.letter == (Letter.REMINDER if is_late else Letter.RECEIVED)
