listed({"items":[["2024-11-30",1,"north","","People return to Alder .",["Alder"]]],"places":{"Alder":"Alder"}})
