export const companionPage = {
  title: 'Phone’s browser',
  hint: 'Nothing to install: a page in the phone’s browser runs the model on its camera. Pushes above reach it like any other phone.',
  turnOn: 'Turn the page on',
  turnOff: 'Turn off',
  wifi: 'Reachable over Wi-Fi',
  wifiHint:
    'Off: only by cable and on this computer. On: anybody in your network reaches the page, but only a phone that was paired by a code gets models. It is sent unencrypted, so use it in a network that you trust.',
  on: 'On, port {{port}}',
  openOn: 'Open on {{name}}',
  showCode: 'Pair a phone…',
  code: {
    title: 'Pair a phone',
    scan: 'Scan this with the phone’s camera. It is good for one phone, until {{time}}.',
    address: 'Address of this computer',
    picture: 'QR code of {{link}}',
    cable:
      'Wi-Fi is off, so a phone can only reach the page by cable: use “Open on …” for a connected Android phone. On this computer, open the link itself.',
    plain:
      'Over plain Wi-Fi browsers keep the live camera off and work only while the studio is there; “Take a photo” works. By cable the live camera works, too.',
    close: 'Close',
  },
  phones: {
    title: 'Paired phones',
    none: 'No phone is paired.',
    here: 'page is open',
    away: 'page is closed',
    until: 'until {{date}}',
    revoke: 'Revoke {{name}}',
  },
} as const;
