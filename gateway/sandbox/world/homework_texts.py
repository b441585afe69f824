"""Vocabulary of homework, with the signs that spoil careless markup and escaping."""

EMPTY_TEXTS: tuple[str, ...] = ("Без задания", "Без задания.", "Не задано")

# {page}, {par}, {first}, {last} are filled in
TASKS: tuple[str, ...] = (
    "§ {par}, вопросы {first}–{last} (устно)",
    "§ {par} читать, пересказ.\nВыписать определения в тетрадь",
    "Стр. {page}, подготовить сообщение «Интересный факт»",
    "§ {par}–{par}, таблица в тетради; повторить § 1 & § 2",
)
SUBJECT_TASKS: dict[str, tuple[str, ...]] = {
    "russian": (
        "Упр. {first}, {last}; правило на стр. {page}",
        "Упр. {first}.\nВыучить словарные слова:\n  - аллея\n  - веранда\n  - иллюстрация",
        "Подготовиться к диктанту, § {par}",
    ),
    "literature": (
        "Читать главы {first}–{last}",
        "Стр. {page}: выучить отрывок наизусть («…» — до конца строфы)",
        "Ответить письменно: чем герой < А > отличается от героя < Б >?",
    ),
    "english": (
        "SB p. {page}, ex. {first}; WB p. {par} & new words",
        'Learn the dialogue "At the shop", p. {page}',
        "Write 5–7 sentences: <My weekend>",
    ),
    "maths": (
        "№ {first}, {last}; повторить п. {par}",
        "№ {first} (а, в), {last}; сравнить: 3/7 < 5/7, 0,5 > 0,05",
    ),
    "algebra": (
        "№ {first}–{last}",
        "П. {par}, № {first}: решить неравенство 2x + 1 < 7 & x > 0",
        "Домашняя контрольная, вариант 1:\n1) № {first}\n2) № {last}\n3*) № 100",
    ),
    "geometry": ("П. {par}, № {first}, {last}; чертёж", "Доказать: если AB = CD, то AC > 0"),
    "informatics": (
        "§ {par}; программа: if a < b and b > 0: print('да')",
        "Практическая {first}: таблица & диаграмма",
    ),
    "coding": ("Задача {first}: max(a, b) без «if»; срок — до урока", "Прочитать § {par}"),
    "physics": ("§ {par}, упр. {first}; t < 100 °C — почему?", "§ {par}, задачи {first}–{last}"),
    "craft": ("Принести материалы: картон, клей, ножницы",),
    "sport": ("Комплекс упражнений № 2",),
}
LINKS: tuple[tuple[str, str], ...] = (
    ("Видеоурок", "https://video.example.org/watch?v=demo&t=30"),
    ("Тренажёр", "https://training.example.org/task?subject=math&level=1"),
    ("Статья", "https://library.example.org/статья/1"),
)
MATERIALS: tuple[tuple[str, str], ...] = (
    ("test", "Проверь себя: тест из 10 вопросов"),
    ("video", "Видеоролик «Повторение»"),
    ("interactive", "Интерактивное задание"),
)
