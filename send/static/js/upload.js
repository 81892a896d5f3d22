// Sends chosen files one by one over tus 1.0, goes on where a cut line stopped, and puts the received files' ids into the form.
// Without this file the same field is a plain multipart input. Nothing here decides what is allowed: the server does.
(() => {
  "use strict";
  const PIECE = 16 * 1024 * 1024;
  const TRIES = 12;
  const LONGEST_WAIT = 30000;
  const VERSION = { "Tus-Resumable": "1.0.0" };

  const encode = (text) => {
    let bytes = "";
    new TextEncoder().encode(text).forEach((byte) => { bytes += String.fromCharCode(byte); });
    return btoa(bytes);
  };
  const wait = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  const words = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${Math.round(bytes / 1048576)} MB`);

  class Refused extends Error {}

  const said = async (response) => {
    if ((response.headers.get("Content-Type") || "").includes("problem+json")) return (await response.json()).detail;
    if (response.redirected || response.status === 403) return "You have been signed out. Sign in and choose the file again.";
    return "";
  };

  // Remembered on this device for this tab, so that choosing the same file again goes on where it stopped.
  const memory = {
    key: (file) => `upload:${file.name}:${file.size}:${file.lastModified}`,
    get(file) { try { return JSON.parse(sessionStorage.getItem(this.key(file))); } catch { return null; } },
    set(file, value) { try { sessionStorage.setItem(this.key(file), JSON.stringify(value)); } catch { /* private windows */ } },
    drop(file) { try { sessionStorage.removeItem(this.key(file)); } catch { /* private windows */ } },
  };

  class Sending {
    constructor(file, field) {
      this.file = file;
      this.field = field;
      this.stop = new AbortController();
      this.offset = 0;
      this.failed = 0;
    }

    ask(address, options) {
      const headers = { ...VERSION, "X-CSRFToken": this.field.token, ...options.headers };
      return fetch(address, { ...options, headers, credentials: "same-origin", redirect: "follow", signal: this.stop.signal });
    }

    async begin() {
      const kept = memory.get(this.file);
      if (kept) {
        this.address = kept.address;
        this.document = kept.document;
        if (await this.find()) return;
        memory.drop(this.file);
      }
      const told = { filename: this.file.name, filetype: this.file.type, ticket: this.field.ticket };
      const metadata = Object.entries(told).filter(([, value]) => value).map(([name, value]) => `${name} ${encode(value)}`).join(",");
      const response = await this.ask(this.field.address, {
        method: "POST", headers: { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata },
      });
      if (response.status !== 201) throw new Refused((await said(response)) || "This file could not be sent.");
      this.offset = 0;
      this.address = response.headers.get("Location");
      this.document = response.headers.get("X-Document");
      memory.set(this.file, { address: this.address, document: this.document });
    }

    async find() {
      const response = await this.ask(this.address, { method: "HEAD" });
      if (response.status !== 200 || response.redirected) return false;
      this.offset = Number(response.headers.get("Upload-Offset"));
      return true;
    }

    async piece() {
      const response = await this.ask(this.address, {
        method: "PATCH",
        headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset) },
        body: this.file.slice(this.offset, this.offset + PIECE),
      });
      if (response.status === 204) {
        this.offset = Number(response.headers.get("Upload-Offset"));
        this.failed = 0;
      } else if ([409, 423, 460, 502, 503, 504].includes(response.status)) {
        throw new Error("again");
      } else {
        throw new Refused((await said(response)) || "This file could not be sent.");
      }
    }

    async run(progress) {
      for (;;) {
        try {
          if (!this.address) await this.begin();
          else if (this.failed && !(await this.find())) throw new Refused("This upload has expired. Choose the file again.");
          progress(this.offset);
          while (this.offset < this.file.size) {
            await this.piece();
            progress(this.offset);
          }
          memory.drop(this.file);
          return this.document;
        } catch (problem) {
          if (problem instanceof Refused || this.stop.signal.aborted) throw problem;
          this.failed += 1;
          if (this.failed > TRIES) throw new Refused("The line is down. Choose the file again later and it goes on where it stopped.");
          progress(this.offset, true);
          await wait(Math.min(LONGEST_WAIT, 500 * 2 ** this.failed));
        }
      }
    }

    async cancel() {
      this.stop.abort();
      memory.drop(this.file);
      if (!this.address) return;
      await fetch(this.address, { method: "DELETE", headers: { ...VERSION, "X-CSRFToken": this.field.token }, credentials: "same-origin" }).catch(() => {});
    }
  }

  const enhance = (group) => {
    const form = group.closest("form");
    const input = group.querySelector("input[type=file][name]");
    const list = group.querySelector("[data-upload-list]");
    const status = group.querySelector("[data-upload-status]");
    const field = {
      token: form.querySelector("[name=csrfmiddlewaretoken]").value,
      ticket: group.dataset.uploadTicket,
      address: group.dataset.uploadAddress,
    };
    let running = 0;
    let refused = 0;
    let queue = Promise.resolve();

    const row = (sending) => {
      const item = document.createElement("li");
      const name = document.createElement("strong");
      const text = document.createElement("span");
      const bar = document.createElement("progress");
      const button = document.createElement("button");
      name.textContent = sending.file.name;
      bar.max = sending.file.size;
      bar.value = 0;
      bar.setAttribute("aria-label", `Sending ${sending.file.name}`);
      button.type = "button";
      button.className = "govuk-link govuk-body-s";
      button.textContent = "Cancel";
      const hidden = document.createElement("span");
      hidden.className = "govuk-visually-hidden";
      hidden.textContent = ` sending ${sending.file.name}`;
      button.append(hidden);
      item.append(name, " ", bar, " ", text, " ", button);
      list.append(item);
      return { item, text, bar, button };
    };

    const finish = (shown, message, isError) => {
      shown.bar.remove();
      shown.button.remove();
      shown.text.textContent = message;
      shown.item.classList.toggle("govuk-error-message", Boolean(isError));
    };

    const add = (file) => {
      const sending = new Sending(file, field);
      const shown = row(sending);
      let cancelled = false;
      shown.text.textContent = "Waiting";
      running += 1;
      shown.button.addEventListener("click", async () => {
        cancelled = true;
        await sending.cancel();
        finish(shown, "Cancelled");
        status.textContent = `${file.name}: cancelled`;
        input.focus();
      });
      const progress = (offset, isWaiting) => {
        shown.bar.value = offset;
        shown.text.textContent = isWaiting ? `The line was cut at ${words(offset)}. Trying again` : `${words(offset)} of ${words(file.size)}`;
      };
      const send = async () => {
        if (cancelled) return;
        try {
          const id = await sending.run(progress);
          const kept = document.createElement("input");
          kept.type = "hidden";
          kept.name = "documents";
          kept.value = id;
          form.append(kept);
          finish(shown, "Received. We will check it for viruses.");
          status.textContent = `${file.name}: received`;
        } catch (problem) {
          if (cancelled) return;
          refused += 1;
          finish(shown, problem.message, true);
          status.textContent = `${file.name}: ${problem.message}`;
        }
      };
      queue = queue.then(send).finally(() => { running -= 1; });
    };

    const take = (chosen) => {
      [...chosen.files].forEach(add);
      chosen.value = ""; // sent by themselves: not a second time with the form
    };
    input.addEventListener("change", () => take(input));
    const capture = group.querySelector("[data-upload-capture]");
    if (capture && matchMedia("(pointer: coarse)").matches) {
      capture.hidden = false;
      const camera = capture.querySelector("input");
      camera.addEventListener("change", () => take(camera));
    }
    form.addEventListener("submit", (event) => {
      if (running === 0) return;
      event.preventDefault();
      const submitter = event.submitter;
      status.textContent = "Your files are still being sent. The page goes on when they have arrived.";
      const before = refused;
      queue.then(() => {
        if (refused === before) form.requestSubmit(submitter || undefined);
        else status.textContent = "Not every file was received. Read what happened, then send the form again.";
      });
    });
  };

  document.querySelectorAll("[data-upload]").forEach(enhance);
})();
