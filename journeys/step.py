"""One HTTP request by a process that holds only a token: the environment variable HEADGATE_TOKEN and its arguments.

    step.py METHOD URL [JSON-BODY | @FILE]

A file goes as it is, the way a bundle is uploaded. Prints status, headers and body as one JSON object. The token is never an argument: those are visible to everybody.
"""

import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

# finalizing a deploy is answered after its validation
LIMIT_SECONDS = 120


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
    if body and body[0].startswith("@"):
        data = pathlib.Path(body[0][1:]).read_bytes()
        headers |= {"Content-Type": "application/octet-stream", "x-ms-blob-type": "BlockBlob"}
    elif body:
        data = body[0].encode()
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), KeepRedirects)
    try:
        with opener.open(request, timeout=LIMIT_SECONDS) as answer:
            status, text, received = answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refusal:
        status, text, received = refusal.code, refusal.read(), refusal.headers
    lower = {name.lower(): value for name, value in received.items()}
    print(json.dumps({"status": status, "headers": lower, "body": text.decode("utf-8", "replace")}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
