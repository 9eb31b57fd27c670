export const companionPage = {
  title: 'Phone’s browser',
  hint: 'Nothing to install: a page in the phone’s browser runs the model on its camera. Pushes above reach it like any other phone.',
  turnOn: 'Turn the page on',
  turnOff: 'Turn off',
  wifi: 'Reachable over Wi-Fi',
  wifiHint:
    'Off: only by cable and on this computer. On: anybody in your network reaches the page, but only a phone that was paired by a code gets models.',
  https: 'Encrypted over Wi-Fi (HTTPS)',
  httpsHint:
    'Off: everything is sent unencrypted, so use it in a network that you trust, and phones keep the live camera off. On: the live camera works, and phones warn of a certificate that this computer makes itself. Another address: phones have to be paired again.',
  certificate: {
    title: 'Certificate',
    warning:
      'The phone’s browser warns that the connection is not private, because nobody but this computer vouches for its certificate. The warning is meant seriously: it looks the same when somebody stands between. Go on only if the fingerprint that the phone shows (in the warning, “View certificate” or “Details”) is this one. Then nobody else in the network can read along or change what is sent; who reaches the page is still decided by its code.',
    sha256: 'Fingerprint (SHA-256)',
    rootSha256: 'Fingerprint of its root (SHA-256)',
    for: 'For {{names}}, until {{date}}. A new one is made when this computer gets another address, and a month before it expires.',
    trust: {
      title: 'Have a phone trust it, so that it does not warn and keeps the page offline',
      what: 'On the phone’s page, open “Encrypted connection”, and download the root certificate. Compare its fingerprint with the one above before you trust it.',
      iphone:
        'iPhone: Settings › Profile Downloaded › Install; then General › About › Certificate Trust Settings, and switch it on.',
      android:
        'Android: Settings › Security › Encryption & credentials › Install a certificate › CA certificate. Chrome uses it; Firefox does not by itself.',
      risk: 'It can vouch for the names above only, and for no other certificate than this: the key that signed it was never stored. Remove it in the same place once you don’t need it.',
    },
  },
  on: 'On, port {{port}}',
  onEncrypted: 'On, port {{port}} by cable, {{https}} over Wi-Fi',
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
      'Over plain Wi-Fi browsers keep the live camera off and work only while the studio is there; “Take a photo” works. With the switch for HTTPS, or by cable, the live camera works, too.',
    encrypted:
      'The phone will warn of the certificate. Go on only if it shows this fingerprint (SHA-256):',
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
