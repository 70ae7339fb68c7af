// What pages do beyond HTML: every form works without this file. No state is kept here, and nothing in the browser's
// storage.
(() => {
  'use strict';
  const dialog = () => document.getElementById('dialog');

  // --- dialogs: a link marked data-dialog shows the panel of its page on top of this one
  const open = () => {
    const box = dialog();
    const panel = box.querySelector('#panel');
    if (!panel) { return; }
    if (!box.open) { box.showModal(); }
    ready(box);
    (box.querySelector('[data-focus], [autofocus]') || box.querySelector('h2'))?.focus();
  };
  const close = () => { const box = dialog(); box.close(); box.replaceChildren(); };
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.target === dialog()) { open(); } else { ready(event.target); }
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    const target = event.detail.target;
    if (target.id.startsWith('live-') && event.detail.requestConfig.elt === target && target.contains(document.activeElement)) {
      // somebody is in there with the keyboard: it is refreshed when they have left
      event.detail.shouldSwap = false;
      return;
    }
    // an answer without a panel is a page of its own: an ended session, a refusal
    if (event.detail.target === dialog() && !event.detail.serverResponse.includes('id="panel"')) {
      event.detail.shouldSwap = false;
      const page = new DOMParser().parseFromString(event.detail.serverResponse, 'text/html');
      document.title = page.title;
      document.body.replaceWith(page.body);
      if (window.htmx) { window.htmx.process(document.body); }
      ready(document);
    }
  });
  const staysOpen = () => dialog().querySelector('[data-stays-open]') !== null;
  document.addEventListener('cancel', (event) => {
    if (event.target !== dialog()) { return; }
    event.preventDefault();
    if (!staysOpen() && leaving()) { close(); }
  }, true);
  // Chromium closes on a second Escape without asking
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && dialog()?.open && staysOpen()) { event.preventDefault(); }
  });
  document.addEventListener('click', (event) => {
    const closer = event.target.closest('[data-close]');
    if (closer && dialog()?.open) {
      event.preventDefault();
      if (leaving()) { close(); }
    }
  });

  // --- copying, and saying so in place
  const said = (button, word) => {
    const place = button.querySelector('[data-copy-word]');
    const before = place ? place.textContent : button.getAttribute('aria-label');
    const say = (text) => { if (place) { place.textContent = text; } else { button.setAttribute('aria-label', text); } };
    say(word);
    button.dataset.copied = 'yes';
    announce(word);
    setTimeout(() => { say(before); delete button.dataset.copied; }, 2000);
  };
  const announce = (text) => {
    let place = document.getElementById('said');
    const home = dialog()?.open ? dialog() : document.body;
    if (!place || place.parentNode !== home) {
      place?.remove();
      place = Object.assign(document.createElement('p'), { id: 'said', className: 'unseen' });
      place.setAttribute('role', 'status');
      home.append(place);
    }
    place.textContent = text;
  };
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy], [data-copy-from]');
    if (!button) { return; }
    const from = button.dataset.copyFrom;
    const text = from ? document.getElementById(from).value : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
      said(button, 'Copied');
    } catch {
      const field = from && document.getElementById(from);
      if (field) { field.type = 'text'; field.select(); }
      said(button, field ? 'Press Ctrl+C' : 'Copy it by hand');
    }
  });

  // --- a value that is masked until asked for
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-reveal]');
    if (!button) { return; }
    const field = document.getElementById(button.dataset.reveal);
    const shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    button.querySelector('[data-reveal-word]').textContent = shown ? 'Hide' : 'Reveal';
  });

  // --- buttons that wait until something is so
  const settle = (form) => {
    const button = form.querySelector('[data-when-ready]');
    if (!button) { return; }
    const word = form.querySelector('[data-must-be]');
    const box = form.querySelector('[data-must-check]');
    const typed = !word || word.value.trim().toLowerCase() === word.dataset.mustBe.toLowerCase();
    const filled = [...form.querySelectorAll('[required]')].every((field) => field.value.trim() !== '');
    const changed = !form.hasAttribute('data-must-change') || isDirty(form);
    button.disabled = !(typed && filled && changed && (!box || box.checked));
  };
  const isDirty = (form) => Boolean(form.dataset.dirty)
    || [...form.elements].some((field) => field.name && field.type !== 'hidden'
    && (field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked
      : field.tagName === 'SELECT' ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : field.value !== field.defaultValue));
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form) { settle(form); expiry(form); }
  });
  document.addEventListener('change', (event) => {
    const form = event.target.form;
    if (form) { settle(form); expiry(form); }
  });

  // --- the date that an expiration in days leads to
  const expiry = (form) => {
    const days = form.querySelector('[data-days]');
    const place = form.querySelector('[data-days-date]');
    if (!days || !place) { return; }
    const never = form.querySelector('[data-days-never]');
    const count = Number(days.value);
    const warning = form.querySelector('[data-days-warning]');
    days.disabled = never.checked;
    days.required = !never.checked;
    warning.hidden = !never.checked;
    if (never.checked) {
      place.textContent = 'It works until somebody deletes or rotates it.';
    } else if (Number.isInteger(count) && count >= 1 && count <= 3650) {
      const end = new Date(Date.now() + count * 86400000);
      place.textContent = 'Works until ' + end.toLocaleDateString('en-GB', { day: 'numeric', month: 'short',
        year: 'numeric', timeZone: 'UTC' }) + '.';
    } else {
      place.textContent = 'A whole number of days from 1 to 3650.';
    }
  };
  document.addEventListener('click', (event) => {
    const preset = event.target.closest('[data-days-preset]');
    if (!preset) { return; }
    const form = preset.closest('form');
    form.querySelector('[data-days-never]').checked = false;
    form.querySelector('[data-days]').value = preset.dataset.daysPreset;
    settle(form);
    expiry(form);
  });

  // --- nothing typed is lost by leaving
  const guarded = () => [...document.querySelectorAll('form[data-guard]')].filter((form) => !form.dataset.sent
    && isDirty(form));
  const leaving = () => guarded().length === 0 || window.confirm('Leave without saving? What you changed is lost.');
  window.addEventListener('beforeunload', (event) => { if (guarded().length > 0) { event.preventDefault(); } });
  document.addEventListener('submit', (event) => {
    event.target.dataset.sent = 'yes';
    // a second click sends nothing twice
    const button = event.submitter;
    if (button && !event.target.hasAttribute('data-again')) {
      setTimeout(() => { button.setAttribute('aria-disabled', 'true'); }, 0);
      setTimeout(() => { button.removeAttribute('aria-disabled'); delete event.target.dataset.sent; }, 5000);
    }
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('button[aria-disabled="true"]')) { event.preventDefault(); }
  }, true);

  // --- menus close when one looks elsewhere
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target)) { menu.open = false; }
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') { return; }
    const menu = document.querySelector('details.menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // --- rows that can be added and removed
  document.addEventListener('click', (event) => {
    const add = event.target.closest('[data-add-row]');
    if (add) {
      const rows = document.getElementById(add.dataset.addRow);
      const row = document.getElementById(add.dataset.addRow + '-blank').content.firstElementChild.cloneNode(true);
      const number = Number(rows.dataset.next || rows.children.length);
      rows.dataset.next = String(number + 1);
      for (const part of row.querySelectorAll('[id], [for], [name], [value]')) {
        for (const name of ['id', 'for', 'name', 'value']) {
          const value = part.getAttribute(name);
          if (value) { part.setAttribute(name, value.replace('NUMBER', String(number))); }
        }
      }
      rows.append(row);
      row.querySelector('input:not([type=hidden])').focus();
      add.closest('form').dataset.dirty = 'yes';
      settle(add.closest('form'));
    }
    const remove = event.target.closest('[data-remove-row]');
    if (remove) {
      const form = remove.closest('form');
      const row = remove.closest('[data-row]');
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      form.dataset.dirty = 'yes';
      settle(form);
      (next?.querySelector('[data-remove-row]') || form.querySelector('[data-add-row]'))?.focus();
    }
  });

  // --- a field of dots takes one line: for more, as of a private key, it becomes one that takes them, also unseen
  document.addEventListener('paste', (event) => {
    const field = event.target;
    const text = event.clipboardData?.getData('text') || '';
    if (!field.matches?.('input[data-lines]') || !text.trim().includes('\n')) { return; }
    event.preventDefault();
    const area = document.createElement('textarea');
    for (const name of ['id', 'name', 'class', 'autocomplete', 'spellcheck', 'required', 'aria-describedby']) {
      if (field.hasAttribute(name)) { area.setAttribute(name, field.getAttribute(name)); }
    }
    area.classList.add('grows');
    area.dataset.masked = '';
    area.rows = 1;
    area.value = text;
    field.replaceWith(area);
    area.focus();
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });

  // --- a connection that is lost and comes back
  const lost = (is) => { const bar = document.getElementById('lost'); if (bar) { bar.hidden = !is; } };
  document.addEventListener('signed-out', () => {
    const bar = document.getElementById('lost');
    bar.textContent = 'Your session has ended. What you type here is kept: you can sign in when you send it.';
    bar.hidden = false;
  });
  document.addEventListener('htmx:sendError', () => lost(true));
  document.addEventListener('htmx:timeout', () => lost(true));
  document.addEventListener('htmx:afterOnLoad', () => lost(false));

  // --- what is followed as it happens
  const streams = new Map();
  const follow = (root) => {
    for (const [place, source] of streams) {
      if (!place.isConnected) { source.close(); streams.delete(place); }
    }
    for (const place of root.querySelectorAll('[data-stream]')) {
      if (streams.has(place)) { continue; }
      const source = new EventSource(place.dataset.stream);
      streams.set(place, source);
      source.addEventListener('open', () => lost(false));
      source.addEventListener('error', () => lost(true));
      source.addEventListener('replace', (event) => {
        place.innerHTML = event.data;
        lost(false);
        // said once for each step, and not for each tenth of a second
        const step = place.querySelector('li:last-child .state')?.textContent;
        if (step && step !== place.dataset.said) { place.dataset.said = step; announce(step); }
      });
      source.addEventListener('append', (event) => {
        const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
        place.insertAdjacentHTML('beforeend', event.data);
        while (place.childElementCount > 5000) { place.firstElementChild.remove(); }
        if (atEnd) { place.scrollTop = place.scrollHeight; }
      });
      source.addEventListener('done', (event) => {
        source.close();
        lost(false);
        if (event.data) { window.location.assign(event.data); }
      });
    }
  };
  window.addEventListener('pagehide', () => { for (const source of streams.values()) { source.close(); } });

  const ready = (root) => {
    // in what htmx brings they are part of the page, and their fields would be sent
    for (const part of root.querySelectorAll('noscript')) { part.remove(); }
    for (const form of root.querySelectorAll('form')) { settle(form); expiry(form); }
    for (const place of root.querySelectorAll('[data-at-end]')) { place.scrollTop = place.scrollHeight; }
    // on a narrow screen not every tab is in sight
    root.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    follow(root);
    for (const part of root.querySelectorAll('[data-script-only]')) { part.hidden = false; }
    // a note is said once, not again after a reload
    const here = new URL(window.location.href);
    if (here.searchParams.has('note')) {
      here.searchParams.delete('note');
      window.history.replaceState(null, '', here);
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    document.documentElement.classList.add('scripted');
    ready(document);
    document.querySelector('[data-focus]')?.focus();
  });
})();
