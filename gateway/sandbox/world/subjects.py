"""Vocabulary of study: grading scales, subjects, hours by grade, kinds of work."""

from decimal import Decimal

from gateway.sandbox.world.model import (
    GradingScale,
    ScaleKind,
    Subject,
    SubjectKind,
    WorkKind,
)

FIVE, TEN, HUNDRED, PASS = "scale-five", "scale-ten", "scale-hundred", "scale-pass"


def _scale(key: str, kind: ScaleKind, name: str, bounds: tuple[int, int, int]) -> GradingScale:
    lowest, passing, highest = (Decimal(bound) for bound in bounds)
    return GradingScale(
        key=key, kind=kind, name=name, lowest=lowest, highest=highest, passing=passing
    )


SCALES: tuple[GradingScale, ...] = (
    _scale(FIVE, ScaleKind.FIVE_POINT, "5-балльная", (1, 3, 5)),
    _scale(TEN, ScaleKind.TEN_POINT, "10-балльная", (1, 4, 10)),
    _scale(HUNDRED, ScaleKind.HUNDRED_POINT, "100-балльная", (0, 50, 100)),
    _scale(PASS, ScaleKind.PASS_FAIL, "Зачёт / незачёт", (0, 1, 1)),
)

CONTROL, TEST, LAB, ESSAY = "work-control", "work-test", "work-lab", "work-essay"
CLASSWORK, ANSWER, HOMEWORK = "work-classwork", "work-answer", "work-homework"
DIAGNOSTIC = "work-diagnostic"

WORK_KINDS: tuple[WorkKind, ...] = tuple(
    WorkKind(key=key, name=name, short_name=short, weight=weight, is_important=weight > 1)
    for key, name, short, weight in (
        (CONTROL, "Контрольная работа", "КР", 3),
        (TEST, "Проверочная работа", "ПР", 2),
        (LAB, "Лабораторная работа", "ЛР", 2),
        (ESSAY, "Сочинение", "СЧ", 2),
        (CLASSWORK, "Работа на уроке", "РУ", 1),
        (ANSWER, "Ответ на уроке", "ОТВ", 1),
        (HOMEWORK, "Домашнее задание", "ДЗ", 1),
        (DIAGNOSTIC, "Диагностическая работа", "ДР", 1),
    )
)

_REGULAR = SubjectKind.REGULAR
# key, name, short name, area, kind, scale, grams of the textbook
_ROWS: tuple[tuple[str, str, str, str, SubjectKind, str, int | None], ...] = (
    ("russian", "Русский язык", "Рус. яз.", "Филология", _REGULAR, FIVE, 410),
    ("literature", "Литература", "Лит.", "Филология", _REGULAR, FIVE, 480),
    ("reading", "Литературное чтение", "Лит. чт.", "Филология", _REGULAR, FIVE, 390),
    ("english", "Иностранный язык (английский)", "Англ.", "Филология", _REGULAR, FIVE, 350),
    ("german", "Второй иностранный язык (немецкий)", "Нем.", "Филология", _REGULAR, TEN, 340),
    ("maths", "Математика", "Матем.", "Математика", _REGULAR, FIVE, 450),
    ("algebra", "Алгебра", "Алг.", "Математика", _REGULAR, FIVE, 430),
    ("geometry", "Геометрия", "Геом.", "Математика", _REGULAR, FIVE, 400),
    ("probability", "Вероятность и статистика", "Вер. и стат.", "Математика", _REGULAR, FIVE, 300),
    ("informatics", "Информатика", "Инф.", "Математика", _REGULAR, FIVE, 360),
    (
        *("coding", "Практикум по программированию", "Прогр.", "Математика"),
        *(SubjectKind.ELECTIVE, HUNDRED, None),
    ),
    ("history", "История", "Ист.", "Общественные науки", _REGULAR, FIVE, 500),
    ("social", "Обществознание", "Общ.", "Общественные науки", _REGULAR, FIVE, 320),
    ("geography", "География", "Геогр.", "Общественные науки", _REGULAR, FIVE, 380),
    ("nature", "Окружающий мир", "Окр. мир", "Естественные науки", _REGULAR, FIVE, 330),
    ("biology", "Биология", "Биол.", "Естественные науки", _REGULAR, FIVE, 370),
    ("physics", "Физика", "Физ.", "Естественные науки", _REGULAR, FIVE, 420),
    ("chemistry", "Химия", "Хим.", "Естественные науки", _REGULAR, FIVE, 410),
    ("music", "Музыка", "Муз.", "Искусство", _REGULAR, FIVE, None),
    ("art", "Изобразительное искусство", "ИЗО", "Искусство", _REGULAR, FIVE, None),
    ("craft", "Труд (технология)", "Труд", "Технология", _REGULAR, FIVE, 290),
    ("sport", "Физическая культура", "Физ-ра", "Физическая культура", _REGULAR, FIVE, None),
    ("safety", "Основы безопасности и защиты Родины", "ОБЗР", "ОБЗР", _REGULAR, FIVE, 310),
    ("project", "Проектная деятельность", "Проект", "Проект", SubjectKind.ELECTIVE, PASS, None),
    (
        *("talks", "Разговоры о важном", "РоВ", "Внеурочная деятельность"),
        *(SubjectKind.EXTRACURRICULAR, PASS, None),
    ),
    (
        *("chess", "Шахматы", "Шахм.", "Внеурочная деятельность"),
        *(SubjectKind.EXTRACURRICULAR, PASS, None),
    ),
    (
        *("robotics", "Робототехника", "Робот.", "Дополнительное образование"),
        *(SubjectKind.ADDITIONAL, FIVE, None),
    ),
)
SUBJECTS: tuple[Subject, ...] = tuple(
    Subject(
        key=f"subject-{key}",
        name=name,
        short_name=short,
        area=area,
        kind=kind,
        scale_key=scale,
        textbook_grams=grams,
    )
    for key, name, short, area, kind, scale, grams in _ROWS
)
SUBJECT_BY_KEY = {subject.key: subject for subject in SUBJECTS}
SCALE_BY_KEY = {scale.key: scale for scale in SCALES}
WORK_KIND_BY_KEY = {kind.key: kind for kind in WORK_KINDS}

# hours a week by grade; additional education stands under grade 0
_HOURS: dict[int, str] = {
    0: "robotics 2",
    4: "russian 5 reading 4 english 2 maths 5 nature 2 music 1 art 1 craft 1 sport 3",
    5: "russian 5 literature 3 english 3 maths 5 history 2 geography 1 biology 1 music 1 art 1 "
    "craft 2 sport 2 project 1",
    6: "russian 5 literature 3 english 3 maths 5 history 2 social 1 geography 1 biology 1 music 1 "
    "art 1 craft 2 sport 2 german 1",
    7: "russian 4 literature 2 english 3 algebra 3 geometry 2 probability 1 informatics 1 "
    "history 2 social 1 geography 2 biology 1 physics 2 music 1 craft 2 sport 2 german 1 "
    "project 1 coding 1",
    8: "russian 3 literature 2 english 3 algebra 3 geometry 2 probability 1 informatics 1 "
    "history 2 social 1 geography 2 biology 2 physics 2 chemistry 2 craft 1 sport 2 safety 1 "
    "german 1 project 1",
    9: "russian 3 literature 3 english 3 algebra 3 geometry 2 probability 1 informatics 1 "
    "history 2 social 1 geography 2 biology 2 physics 3 chemistry 2 sport 2 safety 1",
    10: "russian 2 literature 3 english 3 algebra 4 geometry 3 probability 1 informatics 4 "
    "history 2 social 2 geography 1 biology 1 physics 2 chemistry 1 sport 2 safety 1 project 1 "
    "coding 1",
}


def hours_of_grade(grade: int | None) -> dict[str, int]:
    """Subject keys with hours a week; None is additional education."""
    words = _HOURS[grade or 0].split()
    return {
        f"subject-{key}": int(hours) for key, hours in zip(words[::2], words[1::2], strict=True)
    }


# subjects that one teacher gives together
TEACHING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Учитель русского языка и литературы", ("russian", "literature", "reading")),
    ("Учитель математики", ("maths", "algebra", "geometry", "probability")),
    ("Учитель информатики", ("informatics", "coding")),
    ("Учитель истории и обществознания", ("history", "social")),
    ("Учитель географии и биологии", ("geography", "biology", "nature")),
    ("Учитель физики и химии", ("physics", "chemistry")),
    ("Учитель музыки и изобразительного искусства", ("music", "art")),
    ("Учитель труда", ("craft", "project", "safety")),
    ("Учитель физической культуры", ("sport",)),
    ("Учитель немецкого языка", ("german",)),
    ("Педагог дополнительного образования", ("robotics", "chess")),
)
ENGLISH_POSITION = "Учитель английского языка"

ROOMS: dict[str, str | None] = {
    "subject-sport": "Спортзал",
    "subject-music": "Актовый зал",
    "subject-craft": "Мастерская",
    "subject-informatics": "к-12",
    "subject-coding": "к-12",
    "subject-project": None,
    "subject-chess": "Библиотека",
    "subject-robotics": "Лаборатория 2",
}
