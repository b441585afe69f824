"""«Дневник.ру» and its sisters Kundelik.kz and eMaktab.uz."""
