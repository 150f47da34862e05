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
        {choices.map(({ key, label: text, isSelected, choose }) => (
          <Menu.Item
            key={key}
            onClick={choose}
            fw={isSelected ? 700 : 400}
            role="menuitemradio"
            aria-checked={isSelected}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
