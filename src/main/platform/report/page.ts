import { Html, html } from './html';
import { style } from './style';

export interface ReportPage {
  title: string;
  /** What stands above the title: of what and when. */
  where: string;
  body: Html | readonly Html[];
  footer: string;
  /** Rules on top of those of every report. */
  style?: string;
}

/**
 * A page that opens anywhere, from a disk or a mail. No script, nothing fetched; its own content
 * security policy forbids both, whatever a label or file is called.
 */
export function reportPage({ title, where, body, footer, style: more = '' }: ReportPage): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title} · Pocketlens Studio</title>
<style>${new Html(style + more)}</style>
</head>
<body><main>
<header>
<div class="where">${where}</div>
<h1>${title}</h1>
</header>
${body}
<footer>${footer}</footer>
</main></body>
</html>
`.text;
}
