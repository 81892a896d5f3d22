"""Asks the web server of this container whether it is ready. Standard library only."""

import os
import sys
import urllib.error
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
question = urllib.request.Request("http://127.0.0.1:8000/readyz", headers={"Host": host})
try:
    urllib.request.urlopen(question, timeout=4)
except (urllib.error.URLError, OSError):
    sys.exit(1)
