import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useDark } from '../app/settings';
import { useLanguage } from '../i18n';

/** Ant Design in the console's colours; loaded only with pages that use its controls. */
export function AntTheme({ children }: { children: ReactNode }) {
  const dark = useDark();
  const language = useLanguage();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      wave={{ disabled: true }}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: dark ? '#8dbdd8' : '#1d5776', colorTextLightSolid: dark ? '#0f1a20' : '#ffffff',
          colorError: dark ? '#ff8b80' : '#b3201b', colorBgBase: dark ? '#1c2124' : '#fbfbfb',
          colorTextBase: dark ? '#e3e8ea' : '#192125', colorTextPlaceholder: dark ? '#97a3a8' : '#566167',
          borderRadius: 6, fontFamily: 'inherit', motion: false, controlHeight: 32,
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
