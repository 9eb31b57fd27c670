import { Radio } from '@mantine/core';
import classes from './ChoiceCard.module.css';

interface ChoiceCardProps {
  value: string;
  title: string;
  /** A line each, in small print. */
  facts: readonly string[];
}

/** One choice of a `Radio.Group`, with what is known about it. */
export function ChoiceCard({ value, title, facts }: ChoiceCardProps) {
  return (
    <Radio.Card value={value} className={classes.card}>
      <Radio.Indicator size="xs" />
      <div className={classes.about}>
        <div className={classes.title} title={title}>
          {title}
        </div>
        {facts.map((fact) => (
          <div key={fact} className={classes.fact}>
            {fact}
          </div>
        ))}
      </div>
    </Radio.Card>
  );
}
