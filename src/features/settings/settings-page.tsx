import { useTitle } from '#shared/processing/use-title.ts';
import { PageHeader } from '#ui/page-header.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BrowserSection } from './browser-section.tsx';
import { CreditsSection } from './credits-section.tsx';
import { DatabasesSection } from './databases-section.tsx';
import { PlatformSection } from './platform-section.tsx';
import classes from './settings.module.css';
import { TrashSection } from './trash-section.tsx';
import { UploadsSection } from './uploads-section.tsx';

/** What the studio stands on, and how it is to be. */
export function SettingsPage() {
  useTitle('Settings');
  return (
    <>
      <PageHeader title="Settings" />
      <div className={classes.page}>
        <PlatformSection />
        <CreditsSection />
        <AppearanceSection />
        <UploadsSection />
        <TrashSection />
        <DatabasesSection />
        <BrowserSection />
      </div>
    </>
  );
}
