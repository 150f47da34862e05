import { useTitle } from '#shared/processing/finished-videos.ts';
import { PageHeader } from '#ui/page.tsx';
import { AssistantSection } from './assistant-section.tsx';
import { AppearanceSection, BrowserSection, UploadsSection } from './browser-sections.tsx';
import { CreditsSection, DatabasesSection, ModelsSection, PlatformSection } from './platform-sections.tsx';
import classes from './settings.module.css';
import { TrashSection } from './trash-section.tsx';

/** What the studio stands on, and how it is to be. */
export function SettingsPage() {
  useTitle('Settings');
  return (
    <>
      <PageHeader title="Settings" />
      <div className={classes.page}>
        <PlatformSection />
        <ModelsSection />
        <CreditsSection />
        <AppearanceSection />
        <UploadsSection />
        <TrashSection />
        <DatabasesSection />
        <AssistantSection />
        <BrowserSection />
      </div>
    </>
  );
}
