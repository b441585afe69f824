"""Vocabulary of marks: comments, titles, criteria."""

COMMENTS: tuple[str, ...] = (
    "Молодец! Так держать.",
    "Ошибки в знаках: было «<», а нужно «>».",
    "Работа сдана позже срока",
    "Повтори § 5 & подойди после урока",
    "Хорошее оформление,\nно решение неполное.",
)
EXEMPT_COMMENT = "Освобождён по справке"
NOT_COUNTED_COMMENT = "Не учитывается в среднем балле"
RETAKE_COMMENT = "Пересдача"
CRITERIA: tuple[tuple[str, int], ...] = (("Замысел", 2), ("Исполнение", 2), ("Защита", 1))
# points by criterion for a five-point result
CRITERIA_POINTS: dict[int, tuple[int, ...]] = {
    2: (1, 1, 0),
    3: (1, 1, 1),
    4: (2, 1, 1),
    5: (2, 2, 1),
}
