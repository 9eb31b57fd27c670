import qrcode from 'qrcode-generator';
import { useMemo } from 'react';
import classes from './QrCode.module.css';

/** Modules of quiet zone that a reader needs around it (ISO/IEC 18004). */
const quiet = 4;

/** A text for a phone's camera; black on white in every theme, as readers expect it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => drawCode(text), [text]);
  return (
    <svg className={classes.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

function drawCode(text: string): { size: number; path: string } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const modules = Array.from({ length: count * count }, (_, at) => [
    Math.floor(at / count),
    at % count,
  ])
    .filter(([row = 0, column = 0]) => code.isDark(row, column))
    .map(([row = 0, column = 0]) => `M${column + quiet} ${row + quiet}h1v1h-1z`);
  return { size: count + 2 * quiet, path: modules.join('') };
}
