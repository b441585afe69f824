"""«Моя школа» as a diary: one data call, answered in objects by interval."""
