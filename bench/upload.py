"""1 GiB to the upload URL beside the same to nginx by WebDAV PUT; what the server's heap does meanwhile."""

import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time

from figures import spread, write

from installation import Installation  # isort: skip
from ledger import ask  # isort: skip

ROUNDS = 3
BYTES = 1 << 30

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{}}
http {{
  access_log off;
  client_max_body_size 2g;
  client_body_temp_path {folder}/temporary;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{ root {folder}/files; dav_methods PUT; create_full_put_path on; }}
  }}
}}
"""


class Heap:
    """Samples of what the JVM's heap holds, from `jcmd`."""

    def __init__(self, pid: int):
        self.pid = pid
        self.samples: list[int] = []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def used(self) -> int:
        text = self.ask("GC.heap_info")
        return sum(int(kilobytes) for kilobytes in re.findall(r"total \d+K, used (\d+)K", text)) // 1024

    def ask(self, command: str) -> str:
        jcmd = pathlib.Path(os.environ["java_home"]) / "bin/jcmd"
        return subprocess.run([str(jcmd), str(self.pid), command], capture_output=True, text=True, check=True).stdout

    def collected(self) -> int:
        self.ask("GC.run")
        return self.used()

    def watch(self) -> None:
        while not self.stopped.wait(0.25):
            self.samples.append(self.used())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()


def put(url: str, file: pathlib.Path, wanted: str) -> float:
    start = time.monotonic()
    command = ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", "x-ms-blob-type: BlockBlob", "-T", str(file), url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stdout not in wanted.split():
        raise RuntimeError(f"PUT: {done.stdout} {done.stderr}")
    return time.monotonic() - start


def copy_durably(file: pathlib.Path, to: pathlib.Path) -> float:
    """What this disk can do at best: no network, no checksum, but fsync like ours."""
    start = time.monotonic()
    subprocess.run(["dd", f"if={file}", f"of={to}", "bs=1M", "conv=fsync", "status=none"], check=True)
    return time.monotonic() - start


def main() -> int:
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin"):
        print("bench upload needs nginx (Debian: apt-get install nginx-light)", file=sys.stderr)
        return 1
    installation = Installation("--no-quickstart")
    nginx = None
    try:
        installation.start()
        owner = installation.owner_token()
        organization = installation.organization_url()
        workspace = ask(owner, "GET", f"{organization}/workspaces")[1]["workspaces"][0]["id"]
        _, deployment, _ = ask(owner, "POST", f"{organization}/deployments", {"name": "upload", "workspaceId": workspace})
        url = f"{organization}/deployments/{deployment['id']}"
        while (now := ask(owner, "GET", url)[1])["status"] != "HEALTHY":
            print(f"waiting until the Deployment is HEALTHY: {now.get('statusReason', '')}", flush=True)
            time.sleep(5)
        folder = installation.folder
        file = folder / "gigabyte"
        with file.open("wb") as out:
            for _ in range(BYTES >> 20):
                out.write(os.urandom(1 << 20))
        port = now_free_port()
        (folder / "files").mkdir()
        if os.getuid() == 0:
            (folder / "files").chmod(0o777)
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", str(folder / "nginx.conf")], start_new_session=True)
        time.sleep(1)
        ours, theirs, disk, ratios, durable = [], [], [], [], []
        with Heap(installation.state()["pid"]) as heap:
            before = heap.collected()
            for round_number in range(ROUNDS):
                _, deploy, _ = ask(owner, "POST", f"{url}/deploys", {"type": "DAG_ONLY"})
                theirs.append(put(f"http://127.0.0.1:{port}/{round_number}", file, "201 204"))
                ours.append(put(deploy["dagsUploadUrl"], file, "201"))
                (folder / "files" / str(round_number)).unlink()
                disk.append(copy_durably(file, folder / "copy"))
                (folder / "copy").unlink()
                ratios.append(theirs[-1] / ours[-1])
                durable.append(disk[-1] / ours[-1])
            after = heap.collected()
    finally:
        if nginx:
            nginx.terminate()
            nginx.wait(30)
        installation.remove()
    megabytes = BYTES / 1e6
    write(
        "upload",
        [
            "# Upload of 1 GiB",
            "",
            "One `PUT` by curl over the loopback. Ours: streamed to disk with SHA-256, then fsync of file and folder before the",
            "answer. nginx: written to a temporary file and renamed; no checksum, no fsync. `dd` shows what the disk can do when",
            "it has to keep what it was given.",
            "",
            "| | median (minimum–maximum) |",
            "|---|---|",
            f"| Headgate | {spread([megabytes / s for s in ours], 'MB/s', 0)} |",
            f"| nginx WebDAV | {spread([megabytes / s for s in theirs], 'MB/s', 0)} |",
            f"| dd with fsync, from file to file | {spread([megabytes / s for s in disk], 'MB/s', 0)} |",
            f"| Headgate / dd with fsync | {statistics.median(durable):.2f} ({min(durable):.2f}–{max(durable):.2f}) |",
            f"| Headgate / nginx | {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) |",
            f"| heap after a collection, before → after {ROUNDS} GiB | {before} → {after} MiB |",
            f"| heap, highest while uploading | {max(heap.samples)} MiB |",
        ],
    )
    return 0


def now_free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
