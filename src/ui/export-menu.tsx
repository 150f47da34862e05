import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

interface ExportMenuProps {
  /** "Export" and what is exported. */
  readonly label: string;
  readonly formats: readonly { readonly name: string; save(): void }[];
}

/** Saves what a page shows as a file of one of several formats. */
export function ExportMenu({ label, formats }: ExportMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} title={label}>
          <IconDownload size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ name, save }) => (
          <Menu.Item key={name} onClick={save}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
