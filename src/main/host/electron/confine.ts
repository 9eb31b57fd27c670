import type { App, Session, WebContents } from 'electron';
import { isMedia, studioPage } from './studio-scheme';

/**
 * Keeps whatever is shown where it is: no page leads away, opens a window, embeds another or gets
 * a permission. A link to a photo, model or report is a download instead.
 */
export function confine(app: App, session: Session): void {
  session.setPermissionRequestHandler((_, __, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_, contents) => confineContents(contents));
}

function confineContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; url: string; isMainFrame: boolean }) => {
    // The page may load itself again.
    if (event.isMainFrame && event.url.split('#')[0] === studioPage) return;
    event.preventDefault();
    if (event.isMainFrame && isMedia(event.url)) contents.downloadURL(event.url);
  };
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isMedia(url)) contents.downloadURL(url);
    return { action: 'deny' };
  });
}
