import type { App, Session, WebContents } from 'electron';
import { isMedia, isStudioPage, studioPage } from './studio-scheme';

/**
 * Keeps whatever is shown where it is: no page leads away, opens a window, embeds another or gets
 * a permission, but for the camera. A link to a photo, model or report is a download instead.
 */
export function confine(app: App, session: Session): void {
  // The camera, for our own page; a microphone never.
  session.setPermissionRequestHandler((_, permission, decide, details) => {
    const types = 'mediaTypes' in details ? details.mediaTypes : undefined;
    const isCamera = permission === 'media' && types?.length === 1 && types[0] === 'video';
    decide(isCamera && isStudioPage(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_, permission, origin, { mediaType }) =>
      permission === 'media' && mediaType === 'video' && isStudioPage(origin),
  );
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
