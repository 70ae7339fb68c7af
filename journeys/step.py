"""One HTTP request by a process that holds only a token: the environment variable HEADGATE_TOKEN and its arguments.

    step.py METHOD URL [JSON-BODY]

Prints the status and the body as one JSON object. The token is never an argument: those are visible to everybody.
"""

import json
import os
import sys
import urllib.error
import urllib.request

LIMIT_SECONDS = 30


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def main() -> int:
    method, url, *body = sys.argv[1:]
    headers = {}
    token = os.environ.get("HEADGATE_TOKEN", "")
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None
    if body:
        data = body[0].encode()
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), KeepRedirects)
    try:
        with opener.open(request, timeout=LIMIT_SECONDS) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read()
    print(json.dumps({"status": status, "body": text.decode("utf-8", "replace")}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
