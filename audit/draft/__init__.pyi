from .layout import lay_out as lay_out
