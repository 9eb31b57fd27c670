import { useTranslation } from 'react-i18next';

/** Ratios this near to 1 are no news. */
const alike = 1.05;

/** "3.9× smaller", "1.2× slower", "as fast": a ratio first / second in words. */
export function useRatioText(): (ratio: number, of: 'size' | 'speed' | 'memory') => string {
  const { t } = useTranslation();
  return (ratio, of) => {
    const factor = ratio > 1 ? ratio : 1 / ratio;
    if (factor < alike) return t(`comparison.ratio.${of}.same`);
    const times = factor.toFixed(factor < 10 ? 1 : 0);
    return t(`comparison.ratio.${of}.${ratio > 1 ? 'better' : 'worse'}`, { times });
  };
}
