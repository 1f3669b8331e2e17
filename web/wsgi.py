"""The desk as a WSGI application; `web.start` says where its data lies before this is imported."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
