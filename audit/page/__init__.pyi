from .webpage import page as page
