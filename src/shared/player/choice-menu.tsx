import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly isSelected: boolean;
  choose(): void;
}

export interface ChoiceMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly choices: readonly Choice[];
}

/** A button of the player that opens a list of which one item is selected. */
export function ChoiceMenu({ label, icon, choices }: ChoiceMenuProps) {
  return (
    <Menu position="top">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={choices.find(({ isSelected }) => isSelected)?.key ?? null}
          onChange={(value) => choices.find(({ key }) => key === value)?.choose()}
        >
          {choices.map(({ key, label: text }) => (
            <Menu.RadioItem key={key} value={key} closeMenuOnClick>
              {text}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
