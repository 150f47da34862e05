import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { guessContentType } from '#api/upload/content-type.ts';
import type { UploadItem } from '#shared/uploads/upload-item.ts';
import { getCachedFile, useUploads } from '#shared/uploads/uploads-store.ts';

const UNKNOWN = 'application/octet-stream';
const NAMES: Readonly<Record<string, string>> = {
  'video/mp4': 'MP4',
  'video/quicktime': 'QuickTime',
  'video/x-matroska': 'Matroska',
  'video/webm': 'WebM',
  'video/x-msvideo': 'AVI',
  'video/mpeg': 'MPEG',
  'video/mp2t': 'MPEG-TS',
  'video/x-ms-wmv': 'WMV',
  'video/x-flv': 'Flash',
  'video/3gpp': '3GP',
  'video/ogg': 'Ogg',
  [UNKNOWN]: 'Not stated',
};

/** What kind of video a file is said to be: as its name says, unless another is chosen for a name that is wrong. */
export function ContentTypeMenu({ item: { id, filename, contentType } }: { item: UploadItem }) {
  const change = useUploads((state) => state.change);
  const own = getCachedFile(id)?.type || guessContentType(filename);
  const current = contentType ?? own;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          fw={500}
          rightSection={<IconChevronDown size={12} />}
          aria-label={`Content type of ${filename}: ${NAMES[current] ?? current}`}
        >
          {NAMES[current] ?? current}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>Content type</Menu.Label>
        {contentType !== null && (
          <Menu.Item onClick={() => change(id, { contentType: null })}>
            As the file says ({NAMES[own] ?? own})
          </Menu.Item>
        )}
        {Object.entries(NAMES).map(([type, name]) => (
          <Menu.Item key={type} onClick={() => change(id, { contentType: type })} fw={type === current ? 600 : 400}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
