export function KitPage() {
  return <main className="h-full overflow-auto">kit</main>;
}
