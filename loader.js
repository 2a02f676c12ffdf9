// Starts the module that the page carries: first in the page, then in a worker
// whenever the page asks for one. The script that wasm-bindgen wrote, the glue, comes
// as a section of the module. The page's policy names its hash, and stops any other.
//
// A browser that is too old must get as far as saying so: no newer syntax here
// than arrow functions.
(() => {
  "use strict";

  const showOnly = (id) => {
    const message = document.getElementById(id);
    document.body.textContent = "";
    document.body.appendChild(message);
    message.hidden = false;
  };

  if (typeof WebAssembly !== "object") {
    showOnly("unsupported");
    return;
  }

  // After a trap the module's memory is in no known state. Whatever it had on the
  // screen goes, so that nobody reads or clicks on what has stopped.
  const isTrap = (error) => error instanceof WebAssembly.RuntimeError;
  addEventListener("error", (event) => {
    // To a page opened from disk WebKit says only that there was an error. There are
    // no scripts here but the module's.
    if (isTrap(event.error) || event.message === "Script error.") {
      showOnly("panic");
    }
  });
  addEventListener("unhandledrejection", (event) => {
    if (isTrap(event.reason)) {
      showOnly("panic");
    }
  });

  // The module as the packer wrote it: gzip as base64. The browser undoes both.
  const unpack = () => {
    const carrier = document.getElementById("module");
    const text = carrier.textContent;
    carrier.remove();
    if (Uint8Array.fromBase64) {
      return Uint8Array.fromBase64(text);
    }
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) {
      bytes[i] = binary.charCodeAt(i);
    }
    return bytes;
  };

  const compile = () => {
    const stream = new Blob([unpack()]).stream().pipeThrough(new DecompressionStream("gzip"));
    const headers = { "content-type": "application/wasm" };
    return WebAssembly.compileStreaming(new Response(stream, { headers }));
  };

  // The glue, as the text of a function that gives `wasm_bindgen`.
  const glueOf = (module) =>
    new TextDecoder().decode(WebAssembly.Module.customSections(module, "glue")[0]);

  const run = (text) => {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.appendChild(script).remove();
  };

  // Runs in the worker, as text: it sees nothing of this script.
  const workerMain = () => {
    // A rejected promise ends in silence here. An error that is thrown reaches the
    // page, as an `error` event of its `Worker`.
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      setTimeout(() => {
        throw event.reason;
      });
    });
    // The module comes as the first message. `main` runs within the same task and
    // sets the scope's `onmessage`, so no later message can come too early.
    onmessage = (event) => {
      onmessage = null;
      glue().initSync({ module: event.data });
    };
  };

  const start = (module) => {
    const text = glueOf(module);
    run(text);
    // One address for all workers of this page: it may not be revoked before a
    // worker has read it, which no event tells, and it ends with the page.
    const source = URL.createObjectURL(
      new Blob([text, `(${workerMain})();`], { type: "text/javascript" }),
    );
    const startWorker = () => {
      const worker = new Worker(source);
      worker.postMessage(module);
      return worker;
    };
    window.credentialReportViewer = Object.freeze({ startWorker });
    return glue()({ module_or_path: module });
  };

  let message = "unsupported";
  Promise.resolve()
    .then(compile)
    .then((module) => {
      message = "panic";
      return start(module);
    })
    .then(() => document.getElementById("start").remove())
    .catch((error) => {
      console.error(error);
      showOnly(message);
    });
})();
