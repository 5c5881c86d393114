export { Banner, type BannerProps } from './banner.tsx';
export { Button, type ButtonProps, buttonClass } from './button.tsx';
export { Checkbox, type CheckboxProps } from './checkbox.tsx';
export { Chip, type ChipProps, Tag, type TagProps } from './chip.tsx';
export { useNow } from './clock.ts';
export { CodeBlock, type CodeBlockProps } from './code-block.tsx';
export { ColumnChooser, type ColumnChooserProps } from './column-chooser.tsx';
export { Combobox, type ComboboxOption, type ComboboxProps } from './combobox.tsx';
export { CopyButton, copyText } from './copy-button.tsx';
export { DateTimeRange, type DateTimeRangeProps, type Range } from './date-time-range.tsx';
export { Dialog, type DialogProps } from './dialog.tsx';
export { EmptyState, type EmptyStateProps, NoPermission } from './empty-state.tsx';
export { type BadgeEntity, EntityBadge, type EntityBadgeProps } from './entity-badge.tsx';
export { ErrorState, type ErrorStateProps } from './error-state.tsx';
export { Field, type FieldIds, type FieldProps, TextAreaField, TextField } from './field.tsx';
export { type Filter, FilterBar, type FilterBarProps, type FilterOption } from './filter-bar.tsx';
export { FormDialog, type FormDialogProps } from './form-dialog.tsx';
export { Histogram, type HistogramBucket, type HistogramProps } from './histogram.tsx';
export { IconButton, type IconButtonProps } from './icon-button.tsx';
export { Key } from './key.tsx';
export { KeyHelp } from './key-help.tsx';
export { KeyValueList, type KeyValueListProps } from './key-value-list.tsx';
export { isTyping, type KeyBinding, startKeyboard, useKeys } from './keyboard.ts';
export { Anchor, type AnchorProps, Link, LinkButton } from './link.tsx';
export { Menu, type MenuEntry, type MenuItem, type MenuProps } from './menu.tsx';
export { PageHeader, type PageHeaderProps } from './page.tsx';
export { Popover, type PopoverProps } from './popover.tsx';
export { Progress, type ProgressProps } from './progress.tsx';
export { ScopeCounts, type ScopeCountsProps } from './scope-counts.tsx';
export { ScoreRing, type ScoreRingProps } from './score-ring.tsx';
export { ScrollRegion, type ScrollRegionProps } from './scroll-region.tsx';
export { Select, SelectField, type SelectFieldProps, type SelectOption, type SelectProps } from './select.tsx';
export { type MarkedSeverity, SeverityBar, SeverityMark, type SeverityMarkProps } from './severity-mark.tsx';
export { SidePanel, type SidePanelProps } from './side-panel.tsx';
export { Skeleton, SkeletonRows, useLate } from './skeleton.tsx';
export { Sparkline, type SparklineProps } from './sparkline.tsx';
export {
  type MarkedState,
  type MarkedVerdict,
  StateMark,
  type StateMarkProps,
  stateWord,
  VerdictMark,
} from './state-mark.tsx';
export { Switch, type SwitchProps } from './switch.tsx';
export { type TabLink, TabLinks, type TabLinksProps } from './tab-links.tsx';
export { Table, type TableProps, type TableSelection } from './table.tsx';
export { type Column, nextSort, type Sort, selectRows, shownColumns } from './table-column.ts';
export { type Tab, Tabs, type TabsProps } from './tabs.tsx';
export { TacticStrip, type TacticStripProps, tacticNames } from './tactic-strip.tsx';
export { Time, type TimeProps } from './time.tsx';
export { durationText, exactTime, relativeTime } from './time-format.ts';
export { Timeline, type TimelineItem, type TimelineProps } from './timeline.tsx';
export { ToastCard, ToastProvider, type ToastRequest, useToast } from './toast.tsx';
export { Tooltip, type TooltipProps, TooltipProvider } from './tooltip.tsx';
export { setOrganizationZone, setZone, useZone, usualZone, type Zone } from './zone.ts';
