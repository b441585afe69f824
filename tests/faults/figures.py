"""What a suite found, in a form that people and tables read."""

from dataclasses import dataclass, field


@dataclass
class Figures:
    """Figures of one suite.

    Attributes:
        suite: Its name.
        count: How much was run.
        found: What was found.
        wrong: What is not as it must be; empty where the suite passes.
    """

    suite: str
    count: str
    found: str
    wrong: list[str] = field(default_factory=list)

    def require(self, good: bool, wrong: str) -> None:
        """Notes what is wrong unless it is good."""
        if not good:
            self.wrong.append(wrong)

    @property
    def row(self) -> str:
        """A row of a table."""
        return f"| {self.suite} | {self.count} | {self.found} | {'no' if self.wrong else 'yes'} |"
