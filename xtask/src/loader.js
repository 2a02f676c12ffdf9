// Starts the module that the page carries: first in the page, then in a worker
// whenever the page asks for one. `glue` is the script that wasm-bindgen made, as
// a function, so that the worker can be given its text.
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

  if (typeof glue !== "function" || typeof WebAssembly !== "object") {
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

  // Undoes LZMA, as its specification has it, for 4 literal context bits and no
  // position bits; `compress.rs` writes nothing else. It takes a quarter less than what
  // a browser can undo by itself.
  const unlzma = (source) => {
    const size = new DataView(source.buffer).getUint32(5, true);
    const out = new Uint8Array(size);
    const even = (count) => new Uint16Array(count).fill(1024);
    const [isMatch, isRep, isRep0Short, isRep1, isRep2, isRep3] = [12, 12, 12, 12, 12, 12].map(even);
    const literal = even(0x300 << 4);
    const slots = even(4 * 64);
    const near = even(115);
    const align = even(16);
    const [lengths, repLengths] = [even(274), even(274)];
    let at = 18;
    let range = 0xffffffff;
    let code = new DataView(source.buffer).getUint32(14);

    const normalise = () => {
      if (range < 0x1000000) {
        range *= 256;
        code = code * 256 + source[at];
        at += 1;
      }
    };
    const bit = (odds, place) => {
      const zero = odds[place];
      const bound = (range >>> 11) * zero;
      if (code < bound) {
        range = bound;
        odds[place] = zero + ((2048 - zero) >> 5);
        normalise();
        return 0;
      }
      range -= bound;
      code -= bound;
      odds[place] = zero - (zero >> 5);
      normalise();
      return 1;
    };
    const number = (odds, from, bits) => {
      let node = 1;
      for (let i = 0; i < bits; i += 1) {
        node = node * 2 + bit(odds, from + node);
      }
      return node - (1 << bits);
    };
    const reversed = (odds, from, bits) => {
      let node = 1;
      let value = 0;
      for (let i = 0; i < bits; i += 1) {
        const one = bit(odds, from + node);
        node = node * 2 + one;
        value += one << i;
      }
      return value;
    };
    const plain = (bits) => {
      let value = 0;
      for (let i = 0; i < bits; i += 1) {
        range >>>= 1;
        const one = code >= range ? 1 : 0;
        code -= one * range;
        value = value * 2 + one;
        normalise();
      }
      return value;
    };
    const length = (odds) => {
      if (!bit(odds, 0)) {
        return 2 + number(odds, 2, 3);
      }
      return bit(odds, 1) ? 18 + number(odds, 18, 8) : 10 + number(odds, 10, 3);
    };

    let state = 0;
    let [back, back1, back2, back3] = [0, 0, 0, 0];
    let done = 0;
    while (done < size) {
      if (!bit(isMatch, state)) {
        const from = 0x300 * (done > 0 ? out[done - 1] >> 4 : 0);
        let symbol = 1;
        if (state >= 7) {
          let match = out[done - back - 1];
          while (symbol < 256) {
            const expected = (match >> 7) & 1;
            match <<= 1;
            const one = bit(literal, from + ((1 + expected) << 8) + symbol);
            symbol = symbol * 2 + one;
            if (one !== expected) {
              break;
            }
          }
        }
        while (symbol < 256) {
          symbol = symbol * 2 + bit(literal, from + symbol);
        }
        out[done] = symbol;
        done += 1;
        state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
        continue;
      }
      let count = 1;
      if (bit(isRep, state)) {
        if (!bit(isRep1, state)) {
          if (bit(isRep0Short, state)) {
            count = 0;
          }
        } else {
          let other = back1;
          if (bit(isRep2, state)) {
            if (bit(isRep3, state)) {
              other = back3;
              back3 = back2;
            } else {
              other = back2;
            }
            back2 = back1;
          }
          back1 = back;
          back = other;
          count = 0;
        }
        if (count === 1) {
          state = state < 7 ? 9 : 11;
        } else {
          count = length(repLengths);
          state = state < 7 ? 8 : 11;
        }
      } else {
        [back3, back2, back1] = [back2, back1, back];
        count = length(lengths);
        state = state < 7 ? 7 : 10;
        const slot = number(slots, 64 * Math.min(count - 2, 3), 6);
        back = slot;
        if (slot >= 4) {
          const bits = (slot >> 1) - 1;
          back = (2 + (slot & 1)) << bits;
          back += slot < 14 ? reversed(near, back - slot, bits) : plain(bits - 4) * 16 + reversed(align, 0, 4);
        }
      }
      for (const end = Math.min(done + count, size); done < end; done += 1) {
        out[done] = out[done - back - 1];
      }
    }
    return out;
  };

  const unpack = () => {
    const carrier = document.getElementById("module");
    const text = carrier.textContent;
    carrier.remove();
    // basE91: two characters are 13 or 14 bits; `<` and the backslash are no digits.
    const bytes = new Uint8Array(text.length);
    const digit = (place) => {
      const code = text.charCodeAt(place);
      return code - 33 - (code > 60 ? 1 : 0) - (code > 92 ? 1 : 0);
    };
    let held = 0;
    let bits = 0;
    let done = 0;
    for (let i = 0; i < text.length; i += 2) {
      const isLast = i + 1 === text.length;
      const value = isLast ? digit(i) : digit(i) + digit(i + 1) * 91;
      held |= value << bits;
      bits += isLast ? 8 : (value & 0x1fff) > 88 ? 13 : 14;
      for (; bits > 7; bits -= 8) {
        bytes[done] = held;
        done += 1;
        held >>>= 8;
      }
    }
    return unlzma(bytes);
  };

  // Runs in the worker, as text: it sees nothing of this script.
  const workerMain = (glue) => {
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
    // One address for all workers of this page: it may not be revoked before a
    // worker has read it, which no event tells, and it ends with the page.
    const source = URL.createObjectURL(
      new Blob([`(${workerMain})(${glue});`], { type: "text/javascript" }),
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
    .then(() => WebAssembly.compile(unpack()))
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
