"""Applications of the portal (ЕПГУ), for contracted partners (notes 4.6).

The envelope is documented: `orders` speaks it, `wire` reads it, `verdict` tells its errors. What
stands inside an application for a diary is not public: `form` assumes it, and only `partner` can
turn it into a file, by a template that the operator brings.
"""
