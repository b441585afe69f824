"""МЭШ of Moscow and the «Моя школа» nodes of other regions on the same platform."""
